/// What is mounted where, as Linux tells it in `/proc/self/mountinfo` (proc(5)).
struct MountTable {
  private let lines: [Substring.UTF8View.SubSequence]

  init(_ text: [UInt8]) {
    lines = String(decoding: text, as: UTF8.self)[...].utf8.split(separator: UInt8(ascii: "\n"))
  }

  /// The type of the file system of a device given as `major:minor`.
  func type(ofDevice device: String) -> String? {
    for line in lines {
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count > 3, words[2].elementsEqual(device.utf8) else { continue }
      guard let dash = words.firstIndex(where: { $0.elementsEqual("-".utf8) }),
        dash + 1 < words.count
      else { continue }
      return String(decoding: words[dash + 1], as: UTF8.self)
    }
    return nil
  }

  /// Whether a file system of a type lies on another machine, where flock and fsync may not hold.
  static func isNetwork(_ type: String) -> Bool {
    [
      "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "ncpfs", "fuse.sshfs",
      "fuse.glusterfs",
    ]
    .contains(type)
  }
}
