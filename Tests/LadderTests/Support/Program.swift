import Foundation
import Testing

/// The program as it was built beside these tests.
enum Program {
  /// The executable: in the folder of the test bundle, or one above it; nil when it was not built.
  static let url: URL? = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = tests.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("ladder")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder),
        !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: candidate.path)
      {
        return candidate
      }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()

  /// Whether it is there.
  static var isBuilt: Bool { url != nil }
  /// What a skipped test says.
  static let reason = "needs the program: swift build --build-tests"

  /// A file that is kept beside these tests.
  static func fixture(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(name)
  }
}

/// What a run of the program left: its exit code and all that it wrote.
struct Outcome {
  let status: Int32
  let out: String
  let err: String

  /// The lines of the output.
  var lines: [String] { out.split(whereSeparator: \.isNewline).map(String.init) }

  /// The output as one JSON object.
  func object() throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any], "\(out)\(err)")
  }

  /// The output as a JSON array of objects.
  func objects() throws -> [[String: Any]] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [[String: Any]], "\(out)\(err)")
  }

  /// The output as an object a line.
  func objectLines() throws -> [[String: Any]] {
    try lines.map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }
}

/// A folder of its own for one test, in which the program runs; gone with the test.
final class Sandbox {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("ladder-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The environment of every run: nothing of the machine's but the path.
  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": folder.appendingPathComponent("home").path, "LADDER_STORE": "shop",
      "LADDER_USER": "anna", "TZ": "UTC", "LANG": "C.UTF-8", "TERM": "xterm-256color",
    ]
  }

  /// The place of a file in the folder.
  func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
  func put(_ text: String, _ name: String) throws { try put(Data(text.utf8), name) }
  func put(_ data: Data, _ name: String) throws {
    let url = url(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url(name)), as: UTF8.self)
  }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url(name).path) }
  func copy(fixture name: String) throws {
    try FileManager.default.copyItem(at: Program.fixture("Fixtures/" + name), to: url(name))
  }

  /// A process of the program that is not started yet, with files for what it writes.
  private func process(
    _ arguments: [String], _ variables: [String: String]
  ) throws -> (process: Process, out: URL, err: URL) {
    let process = Process()
    let program: URL = try #require(Program.url)
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment.merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    let name = "." + UUID().uuidString
    let (out, err) = (url(name + ".out"), url(name + ".err"))
    for url in [out, err] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    return (process, out, err)
  }

  /// Runs the program to its end, at most for a minute. Whatever it writes, no byte of it steers a
  /// terminal.
  @discardableResult
  func run(
    _ arguments: [String], _ variables: [String: String] = [:],
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    try runAll([arguments], variables, location)[0]
  }

  /// Runs the program several times at once.
  func runAll(
    _ calls: [[String]], _ variables: [String: String] = [:],
    _ location: SourceLocation = #_sourceLocation
  ) throws -> [Outcome] {
    let runs = try calls.map { try process($0, variables) }
    for run in runs { try run.process.run() }
    let deadline = Date().addingTimeInterval(60)
    while runs.contains(where: { $0.process.isRunning }), Date() < deadline { usleep(2000) }
    return try zip(calls, runs).map { call, run in
      if run.process.isRunning {
        Issue.record("ladder \(call) did not end", sourceLocation: location)
        run.process.terminate()
      }
      run.process.waitUntilExit()
      let (out, err) = (try Data(contentsOf: run.out), try Data(contentsOf: run.err))
      for (data, stream) in [(out, "output"), (err, "error output")] {
        let text = String(validating: data, as: UTF8.self)
        #expect(text != nil, "the \(stream) is no UTF-8", sourceLocation: location)
        let steering = text?.unicodeScalars.first(where: Self.steersTerminals)
        #expect(
          steering == nil, "ladder \(call): the \(stream) steers terminals",
          sourceLocation: location)
        try? FileManager.default.removeItem(at: stream == "output" ? run.out : run.err)
      }
      return Outcome(
        status: run.process.terminationStatus, out: String(decoding: out, as: UTF8.self),
        err: String(decoding: err, as: UTF8.self))
    }
  }

  /// Whether a character could steer a terminal or reorder what is read, line ends excepted.
  static func steersTerminals(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x0D: false
    case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Runs the program and expects it to end well.
  @discardableResult
  func done(
    _ arguments: String..., location: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(arguments, [:], location)
    #expect(
      outcome.status == 0, "ladder \(arguments): \(outcome.err)", sourceLocation: location)
    return outcome
  }

  /// A store with the fixture's sales and people, as in the first minutes of a new user.
  func makeShop() throws {
    try copy(fixture: "sales.csv")
    try copy(fixture: "people.csv")
    try done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try done("import", "sales.csv", "people.csv")
  }
}

/// The names of an object's members in the order in which they are written.
func keys(of object: some StringProtocol) -> [String] {
  var (names, depth) = ([String](), 0)
  var rest = object[...]
  while let character = rest.first {
    switch character {
    case "{", "[": depth += 1
    case "}", "]": depth -= 1
    case "\"":
      let body = rest.dropFirst()
      var end = body.startIndex
      while end < body.endIndex, body[end] != "\"" {
        end = body.index(after: end)
        if end < body.endIndex, body[body.index(before: end)] == "\\" {
          end = body.index(after: end)
        }
      }
      guard end < body.endIndex else { return names }
      let after = body[body.index(after: end)...]
      if depth == 1, after.first == ":" { names.append(String(body[..<end])) }
      rest = after
      continue
    default: break
    }
    rest = rest.dropFirst()
  }
  return names
}
