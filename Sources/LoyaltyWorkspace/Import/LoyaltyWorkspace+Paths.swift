import LoyaltyStore

/// How the path that somebody writes could go on.
package struct PathCompletion: Sendable, Hashable {
  /// The path as far as it is certain.
  package let path: String
  /// The names that it could go on with, folders with a slash; empty where there is none.
  package let names: [String]
}

extension LoyaltyWorkspace {
  /// Completes a path as a shell does: as far as all names agree that begin so.
  ///
  /// - Parameter path: What is written so far; `~/` at its beginning is the user's own folder.
  /// - Returns: The longer path; the same where nothing begins so.
  package func completion(of path: String) -> PathCompletion {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, start) = (String(path[..<slash]), path[slash...])
    let place = folder.isEmpty ? "." : environment.written(folder)
    let disk = environment.disk
    // A folder that cannot be read has no names to go on with.
    let all = (try? disk.list(place.count > 1 ? String(place.trimmingSlash) : place)) ?? []
    let found = all.filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
    guard var common = found.first else { return PathCompletion(path: path, names: []) }
    for name in found { while !name.hasPrefix(common) { common.removeLast() } }
    let names = found.map { name in
      (try? disk.status(place.trimmingSlash + "/" + name))??.kind == .folder ? name + "/" : name
    }
    return PathCompletion(path: folder + (names.count == 1 ? names[0] : common), names: names)
  }
}

extension String {
  /// The text without a slash at its end.
  fileprivate var trimmingSlash: Substring { hasSuffix("/") ? dropLast() : self[...] }
}
