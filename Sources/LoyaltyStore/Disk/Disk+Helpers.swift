extension Disk {
  /// The whole contents of a file.
  package func readWhole(
    _ path: String, _ purpose: FilePurpose = .readInside
  ) throws(DiskError) -> [UInt8] {
    var bytes: [UInt8] = []
    try readWhole(path, purpose, to: &bytes)
    return bytes
  }

  /// Reads the whole contents of a file into an array, in place of what is there.
  func readWhole(
    _ path: String, _ purpose: FilePurpose = .readInside, to bytes: inout [UInt8]
  ) throws(DiskError) {
    let file = try open(path, purpose)
    bytes.removeAll(keepingCapacity: true)
    var wanted = try file.status().size + 1
    // A file that grew meanwhile, or one whose length is not known, is read to its end.
    while true {
      let before = bytes.count
      try file.read(wanted, at: before, to: &bytes)
      if bytes.count < before + wanted { return }
      wanted = 1 << 16
    }
  }

  /// Hands over the contents of a file piece by piece, for files of any length.
  ///
  /// - Parameters:
  ///   - path: The file; a symbolic link is followed.
  ///   - size: How many bytes a piece has.
  ///   - body: Takes each piece; false stops.
  /// - Throws: The first failure to open or read.
  package func readChunks(
    _ path: String, size: Int = 1 << 18, _ body: ([UInt8]) -> Bool
  ) throws(DiskError) {
    let file = try open(path, .read)
    var offset = 0
    while true {
      let piece = try file.read(size, at: offset)
      if piece.isEmpty || !body(piece) { return }
      offset += piece.count
    }
  }

  /// Writes a file whole or not at all: beside it first, synced, then renamed, folder synced.
  ///
  /// - Parameters:
  ///   - path: The file to be.
  ///   - bytes: The contents.
  ///   - overwrite: Whether a file that stands there may be replaced; otherwise that is an error
  ///     of kind ``DiskError/Kind/exists``.
  ///   - privacy: Who may read it.
  /// - Throws: The first failure; then nothing is left behind, and what was there stays.
  package func writeWhole(
    _ path: String, _ bytes: [UInt8], overwrite: Bool, _ privacy: FilePrivacy = .owner
  ) throws(DiskError) {
    let temporary = try writeBeside(path, bytes, privacy)
    do throws(DiskError) {
      if overwrite {
        try rename(temporary, to: path)
      } else {
        try renameUnlessTaken(temporary, to: path)
      }
    } catch {
      try? remove(temporary)
      throw error
    }
    try syncFolder(folder(of: path))
  }

  /// Writes and syncs `path.tmp`, and returns its path; a leftover of that name is replaced.
  func writeBeside(
    _ path: String, _ bytes: [UInt8], _ privacy: FilePrivacy
  ) throws(DiskError) -> String {
    let temporary = path + temporarySuffix
    if try status(temporary) != nil { try remove(temporary) }
    let file = try open(temporary, .create(privacy))
    do throws(DiskError) {
      try file.writeAll(bytes[...], at: 0, path: temporary)
      try file.syncData()
    } catch {
      try? remove(temporary)
      throw error
    }
    return temporary
  }

  /// Replaces a file by new contents in one step; the folder's names are not synced yet.
  func replace(_ path: String, _ bytes: [UInt8], _ privacy: FilePrivacy) throws(DiskError) {
    let temporary = try writeBeside(path, bytes, privacy)
    try rename(temporary, to: path)
  }

  /// Keeps a folder that was there before to its owner, as far as one may decide that: for somebody
  /// else's folder they have, and what is made in it is kept to whoever makes it anyway.
  func protectIfOwn(_ folder: String) throws(DiskError) {
    do throws(DiskError) {
      try protect(folder, .owner, group: nil)
    } catch {
      guard error.kind == .permission else { throw error }
    }
  }

  /// Removes a file if it is there.
  func removeIfPresent(_ path: String) throws(DiskError) {
    if try status(path) != nil { try remove(path) }
  }
}

/// How the name of a file ends that is not whole yet.
let temporarySuffix = ".tmp"

/// The folder that holds a path.
func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

extension OpenFile {
  /// Writes all bytes at an offset.
  ///
  /// - Throws: An error of kind ``DiskError/Kind/full`` too when the disk takes no more.
  func writeAll(
    _ bytes: ArraySlice<UInt8>, at offset: Int, path: String
  ) throws(DiskError) {
    var (rest, position) = (bytes, offset)
    while !rest.isEmpty {
      let written = try write(rest, at: position)
      guard written > 0 else { throw DiskError.full(path) }
      rest = rest.dropFirst(written)
      position += written
    }
  }
}

extension OpenFile {
  package func map() -> FileMap? { nil }

  package func read(
    _ count: Int, at offset: Int, to bytes: inout [UInt8]
  ) throws(DiskError) {
    bytes += try read(count, at: offset)
  }
}
