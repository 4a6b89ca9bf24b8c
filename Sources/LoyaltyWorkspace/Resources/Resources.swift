import CResources

/// The data files that the program carries within itself: default rules, texts, demo names.
///
/// They are the files under `Resources/` as they were when the program was built, so the binary needs
/// no folder beside it. A file that is added there is listed by `Scripts/list-resources`.
package enum Resources {
  /// The paths of all files within `Resources/`, ascending by bytes: `demo/products.txt`.
  package static var paths: [String] {
    (0..<ladder_resource_count()).map { String(cString: ladder_resource_at($0).path) }
  }

  /// The paths of the files in a folder and the folders in it, ascending by bytes.
  /// - Parameter folder: A path within `Resources/` without a slash at its end, such as `rules`.
  /// - Returns: Whole paths, which ``text(_:)`` takes; none when there is no such folder.
  package static func paths(under folder: String) -> [String] {
    paths.filter { $0.hasPrefix(folder + "/") }
  }

  /// The bytes of the file at a path within `Resources/`, or nil when there is none.
  package static func bytes(_ path: String) -> [UInt8]? {
    for index in 0..<ladder_resource_count() {
      let file = ladder_resource_at(index)
      guard String(cString: file.path) == path else { continue }
      return Array(UnsafeBufferPointer(start: file.bytes, count: file.length))
    }
    return nil
  }

  /// The text of the UTF-8 file at a path within `Resources/`, or nil when there is none.
  package static func text(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }
}
