/// Every fact that rules, filters and screens know, described once.
package struct FactCatalogue: Sendable {
  /// Facts about customers, in the order in which the manual lists them.
  package let facts: [Fact]
  /// The fields of each list that a customer has, by the list's name, in order.
  package let lists: [(name: String, fields: [Fact])]

  /// A catalogue of facts and lists.
  package init(facts: [Fact], lists: [(name: String, fields: [Fact])]) {
    (self.facts, self.lists) = (facts, lists)
  }

  /// Other names that people write for a fact, since the screens call it so.
  private static let otherNames = ["gain": "worth"]

  /// The fact of an identifier, or of the name that the screens give it; nil where there is none.
  package func fact(_ id: String) -> Fact? {
    let known = facts.first { $0.id == id }
    return known ?? Self.otherNames[id].flatMap { other in facts.first { $0.id == other } }
  }

  /// The fields of a list, or nil when there is no such list.
  package func fields(of list: String) -> [Fact]? { lists.first { $0.name == list }?.fields }

  /// The facts about customers and their lists.
  package static let customers = FactCatalogue(facts: customerFacts, lists: customerLists)

  /// The facts about offers, for the filters of offer lists: the offer's own and the customer's.
  package static let offers = FactCatalogue(facts: offerFacts + customerFacts, lists: customerLists)
}
