import Foundation
package import Testing

/// Compares a text with the file that holds what it is to be; for frames and other golden texts.
///
/// `RECORD_SNAPSHOTS=1` writes the files anew. A file that is not there yet is written and fails
/// once, so that somebody reads it before it counts.
///
/// - Parameters:
///   - text: What came out.
///   - name: The file's name without its ending.
///   - file: The test's own file; snapshots lie in `Snapshots` beside its folder's top.
///   - sourceLocation: Where a failure is reported.
/// - Throws: An error when a file cannot be written.
package func assertSnapshot(
  _ text: String, named name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = SnapshotFolder.url(ofTest: file)
  let url = folder.appendingPathComponent(name + ".txt")
  let known = try? String(contentsOf: url, encoding: .utf8)
  if known == text { return }
  let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
  guard let known, !isRecording else {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    if known == nil {
      Issue.record(
        "There was no snapshot \(name); it was written. Read it and run again.",
        sourceLocation: sourceLocation)
    }
    return
  }
  let lines = zip(
    known.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false))
  let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
  Issue.record(
    """
    \(name) differs from line \((first?.offset ?? -1) + 1) on.
    was: \(first?.element.0 ?? "")
    is:  \(first?.element.1 ?? "")
    RECORD_SNAPSHOTS=1 writes it anew. All of it:
    \(text)
    """, sourceLocation: sourceLocation)
}

/// Finds the folder of a test target's snapshots.
enum SnapshotFolder {
  /// `Snapshots` in the folder below `Tests` that the file lies in.
  static func url(ofTest file: String) -> URL {
    var url = URL(fileURLWithPath: file)
    while url.deletingLastPathComponent().lastPathComponent != "Tests", url.path != "/" {
      url.deleteLastPathComponent()
    }
    return url.appendingPathComponent("Snapshots")
  }
}
