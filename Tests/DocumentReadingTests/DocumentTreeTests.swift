import DocumentReading
import FundCore
import Testing

private let scenario = """
  # A fund in Jiangzhou.
  name: 江州基金
  trials: 10_000
  fund: {initial: "1000万", fee: ~}
  payers:
    - party: province
      share: 45%
    - party: city
      share: 25%
  banks: [甲, 乙]
  """

@Suite struct `A document tree` {
  @Test func `a value keeps its text as written`() throws {
    let tree = try parseDocument(text: scenario, file: "s.yaml")
    #expect(tree.node(at: "trials")?.content == .scalar("10_000", isPlain: true))
    #expect(tree.node(at: "fund.initial")?.content == .scalar("1000万", isPlain: false))
    #expect(tree.node(at: "fund.fee")?.content == .null)
  }

  @Test func `a value keeps its line and column`() throws {
    let tree = try parseDocument(text: scenario, file: "s.yaml")
    #expect(tree.node(at: "payers.city.share")?.location.description == "s.yaml:9:12")
    #expect(tree.node(at: "banks.2")?.location.description == "s.yaml:10:12")
    #expect(tree.entries?[1].key.location.description == "s.yaml:3:1")
  }

  @Test func `a byte order mark does not shift the first column`() throws {
    let tree = try parseDocument(text: "\u{FEFF}a: 1", file: "s.yaml")
    #expect(tree.node(at: "a")?.location.description == "s.yaml:1:4")
  }

  @Test func `entries keep the order of the file`() throws {
    let tree = try parseDocument(text: "b: 1\na: 2\nc: 3", file: "s.yaml")
    #expect(tree.entries?.map(\.key.value) == ["b", "a", "c"])
  }

  @Test func `a path names list items by id, party or name, or by number from 1`() throws {
    let tree = try parseDocument(
      text: "l: [{id: x, v: 1}, {party: y, v: 2}, {name: z, v: 3}]", file: "s.yaml")
    #expect(tree.node(at: "l.x.v")?.text == "1")
    #expect(tree.node(at: "l.y.v")?.text == "2")
    #expect(tree.node(at: "l.z.v")?.text == "3")
    #expect(tree.node(at: "l.3.v")?.text == "3")
  }

  @Test(arguments: ["fond", "fund.initial.x", "payers.0", "payers.3", "banks.甲", "fund.", ".fund"])
  func `a path that does not exist has no node`(path: String) throws {
    #expect(try parseDocument(text: scenario, file: "s.yaml").node(at: path) == nil)
  }

  @Test func `the paths of a tree lead to its leaves`() throws {
    let tree = try parseDocument(text: scenario, file: "s.yaml")
    #expect(
      tree.paths() == [
        "name", "trials", "fund.initial", "fund.fee", "payers.province.party",
        "payers.province.share", "payers.city.party", "payers.city.share", "banks.1", "banks.2",
      ])
    for path in tree.paths() { #expect(tree.node(at: path) != nil) }
  }

  @Test func `items with the same name are told apart by number`() throws {
    let tree = try parseDocument(text: "l: [{id: x}, {id: x}]", file: "s.yaml")
    #expect(tree.paths() == ["l.x.id", "l.2.id"])
  }

  @Test func `replacing changes one place and keeps the others`() throws {
    let tree = try parseDocument(text: scenario, file: "s.yaml")
    let new = DocumentNode(
      content: .scalar("50%", isPlain: true), location: SourceLocation(file: "o.yaml", line: 1))
    let changed = try #require(tree.replacing(path: "payers.province.share", with: new))
    #expect(changed.node(at: "payers.province.share") == new)
    #expect(changed.node(at: "payers.city") == tree.node(at: "payers.city"))
    #expect(changed.paths() == tree.paths())
  }

  @Test func `replacing adds a last key to a mapping, and nothing else that is new`() throws {
    let tree = try parseDocument(text: scenario, file: "s.yaml")
    let new = DocumentNode(content: .null, location: SourceLocation(file: "o.yaml", line: 1))
    #expect(tree.replacing(path: "fund.cap", with: new)?.node(at: "fund.cap") == new)
    #expect(tree.replacing(path: "fond.cap", with: new) == nil)
    #expect(tree.replacing(path: "payers.3", with: new) == nil)
    #expect(tree.replacing(path: "trials.x", with: new) == nil)
  }

  @Test func `the empty path is the whole tree`() throws {
    let tree = try parseDocument(text: scenario, file: "s.yaml")
    #expect(tree.node(at: "") == tree)
  }

  @Test func `signs of references inside of texts are texts`() throws {
    let text = """
      a: "R&D *new*"
      b: 研发 & 生产 *
      c: |
        *bold* &more
      d: x&y
      """
    let tree = try parseDocument(text: text, file: "s.yaml")
    #expect(tree.node(at: "a")?.text == "R&D *new*")
    #expect(tree.node(at: "b")?.text == "研发 & 生产 *")
    #expect(tree.node(at: "c")?.text == "*bold* &more\n")
  }
}
