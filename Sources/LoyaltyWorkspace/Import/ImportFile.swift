import LoyaltyExchange
import LoyaltyStore

/// A file that is to be imported: it is there, it can be read, and it is a file.
struct ImportFile {
  let path: String
  let size: Int
  private let opened: any OpenFile

  init(_ path: String, disk: any Disk) throws(WorkspaceError) {
    self.path = path
    do throws(DiskError) {
      opened = try disk.open(path, .read)
      let status = try opened.status()
      size = status.kind == .file ? status.size : -1
    } catch {
      throw .disk(error)
    }
    if size < 0 { throw .notAFile(path) }
  }

  /// The name without its folder.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// A first look at the file's beginning.
  func look() throws(WorkspaceError) -> TableLook {
    let head = try read(TableLook.wantedBytes, at: 0)
    do throws(ExchangeError) {
      return try TableLook(head, isWhole: head.count < TableLook.wantedBytes)
    } catch {
      throw .exchange(file: name, error)
    }
  }

  /// Reads up to so many bytes; fewer only at the end.
  func read(_ count: Int, at offset: Int) throws(WorkspaceError) -> [UInt8] {
    do throws(DiskError) { return try opened.read(count, at: offset) } catch { throw .disk(error) }
  }
}
