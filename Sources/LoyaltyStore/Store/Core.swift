import LoyaltyModel
import TextFormats

/// All that an open store works with; guarded by the store's mutex.
struct Core: Sendable {
  /// The files.
  var files: StoreFiles
  /// The login name that changes are recorded under.
  let user: String
  /// Whether the store may be changed at all by this opening.
  let mayWrite: Bool

  /// `store.json`.
  var storeFile: StoreFile
  /// What is known.
  var state: StoreState
  /// Whether changes can be made.
  var access = StoreAccess.readWrite
  /// What was edited by hand.
  var handEdits: [HandEdit] = []
  /// How the files that people edit looked when they were compared last.
  var watched: [String: FileStatus] = [:]

  /// The file whose lock guards every write.
  var lock: (any OpenFile)?
  /// The newest generation of the journal, its file, and where its good part ends.
  var journal = JournalFile()
  /// The last event and its checksum.
  var head = ChainHead()
  /// The newest events of the journal and of this session, oldest first; see ``remember(_:)``.
  var events: [Event] = []
  /// The events of the journal and of this session that committed imports or took them back, oldest
  /// first.
  var importEvents: [Event] = []
  /// The bytes of all generations of the journal.
  var journalBytes = 0
  /// The number of events in all generations of the journal.
  var journalEvents = 0
  /// The event that committed each import in force, by the import's number.
  var commitSequence: [Int: Int] = [:]
  /// Whether the files were folded by somebody who still kept the lock when they were looked at.
  var isBehind = false
  /// The write that was never finished and was put aside at the opening, if there was one.
  var tornWrite: TornWrite?
  /// What records hold that is not known here.
  var others = OtherMembers()
  /// What tells this program from another build of it; a cache of another is not read.
  var build = ""
  /// From how many rows on tables are kept as columns.
  var cachesFrom = 50_000
  /// The tables that were read last, where they are to be kept for the next opening.
  var tablesDue: DueColumns?
  /// The same of the offers.
  var offersDue: DueColumns?
  /// Where shards are written while many files are replaced at once.
  var staging: Overhaul?
  /// What the shards hold.
  var shards = ShardHeads()

  init(files: StoreFiles, user: String, mayWrite: Bool, storeFile: StoreFile) {
    (self.files, self.user, self.mayWrite) = (files, user, mayWrite)
    self.storeFile = storeFile
    state = StoreState(
      programme: Programme(currency: storeFile.currency, timeZone: storeFile.timeZone))
  }
}

/// The open end of the journal.
struct JournalFile: Sendable {
  /// The generation, from 1.
  var generation = 1
  /// The open file; nil when the store can only be read.
  var file: (any OpenFile)?
  /// The number that tells the file from a later one of the same name.
  var inode: UInt64 = 0
  /// Where the good part ends.
  var end = 0
  /// The number of the next line.
  var nextLine = 1
}

/// Which events the shards hold already.
struct ShardHeads: Sendable, Hashable {
  /// The settings and rules.
  var settings = ChainHead()
  /// The imports.
  var imports = ChainHead()
  /// The products.
  var products = ChainHead()
  /// The customers, a shard each.
  var customers: [ChainHead] = []
  /// The offers, a shard each.
  var offers: [ChainHead] = []

  /// All of them.
  var all: [ChainHead] { [settings, imports, products] + customers + offers }

  /// The shard that holds the offer of a number.
  func offers(_ number: Int) -> ChainHead { offers[shard(of: String(number), offers.count)] }
}

/// The shard of an identifier: the CRC-32C of its bytes, modulo the number of shards.
func shard(of id: String, _ shards: Int) -> Int {
  shards == 1 ? 0 : Int(CRC32C.checksum(of: Array(id.utf8))) % shards
}
