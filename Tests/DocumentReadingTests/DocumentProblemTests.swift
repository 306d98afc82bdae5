import DocumentReading
import FundCore
import Testing

@Suite struct `A YAML text that cannot be used` {
  @Test(arguments: ["", "   \n", "# nothing\n# here\n", "---\n", "~", "null"])
  func `an empty text is named`(text: String) {
    #expect(
      problems(ofYAML: text) == """
        s.yaml: error[empty-file]: the file says nothing
          help: check that this is the right file and was saved
        """)
  }

  @Test func `an alias is refused at its place`() {
    #expect(
      problems(ofYAML: "a: &x 1\nb: *x\n") == """
        s.yaml:2:4: error[yaml-alias]: an alias (*) is used, and references are not followed
          help: write the value out where it is needed; quote a text that starts with & or *
        """)
  }

  @Test func `an anchor without an alias is refused too`() {
    #expect(
      problems(ofYAML: "a: &x 1\n") == """
        s.yaml:1:4: error[yaml-alias]: an anchor (&) is used, and references are not followed
          help: write the value out where it is needed; quote a text that starts with & or *
        """)
  }

  @Test(
    .timeLimit(.minutes(10)),
    arguments: ["- *a29", "*a29 : 1", "? *a29\n: 1", "- {*a29 : 1}", "- \"&a29\"\n- *a29"])
  func `an alias bomb ends at once`(end: String) {
    var text = "- &a0 [x, x]\n"
    for level in 1..<30 { text += "- &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(problems(ofYAML: text + end).hasPrefix("s.yaml:2:8: error[yaml-alias]"))
  }

  @Test func `an alias bomb in keys ends at once`() {
    var text = "- &a0 {x: x}\n"
    for level in 1..<30 { text += "- &a\(level) {*a\(level - 1) : 1, k: *a\(level - 1)}\n" }
    #expect(problems(ofYAML: text).hasPrefix("s.yaml:2:8: error[yaml-alias]"))
  }

  @Test func `a second document is refused`() {
    #expect(
      problems(ofYAML: "a: 1\n---\nb: 2\n") == """
        s.yaml:2:1: error[several-documents]: a second document starts here
          help: keep one document in a file; remove the line `---`
        """)
  }

  @Test func `a key that stands twice is reported at the second place`() {
    #expect(
      problems(ofYAML: "m:\n  a: 1\n  b:\n    a: 2\n  a: 3\n") == """
        s.yaml:5:3: error[duplicate-key]: the key 'a' stands twice in the same mapping
          help: keep one of the two; the first stands in line 2
        """)
  }

  @Test func `a key that stands twice in braces is reported`() {
    #expect(
      problems(ofYAML: "m: {a: 1, a: 2}\n") == """
        s.yaml:1:5: error[duplicate-key]: the key 'a' stands twice in the same mapping
          help: keep one of the two; the first stands in line 1
        """)
  }

  @Test func `a key with and without quotes is the same key`() {
    #expect(problems(ofYAML: "a: 1\n\"a\": 2\n").contains("error[duplicate-key]"))
  }

  @Test func `a list as a key is refused`() {
    #expect(
      problems(ofYAML: "[a, b]: 1\n") == """
        s.yaml:1:1: error[key-not-text]: a list stands where a key is expected
          help: write a key as a single word, such as `trials: 10000`
        """)
  }

  @Test func `a missing key is refused`() {
    #expect(
      problems(ofYAML: "~: 1\n") == """
        s.yaml:1:1: error[key-not-text]: nothing stands where a key is expected
          help: write a key as a single word, such as `trials: 10000`
        """)
  }

  @Test func `a tag is refused`() {
    #expect(
      problems(ofYAML: "a: !!binary aGk=\n") == """
        s.yaml:1:4: error[yaml-tag]: the tag 'tag:yaml.org,2002:binary' is not used here
          help: remove the tag; the kind of a value follows from its key
        """)
  }

  private static let deepTexts = [
    "brackets": String(repeating: "[", count: 1_000_000),
    "braces": String(repeating: "{a: ", count: 250_000),
    "items": String(repeating: "- ", count: 500_000),
    "closed brackets": String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    "indentation": (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    "keys": String(repeating: "? ", count: 10_000),
    "lines of brackets": "a: " + String(repeating: "[[[[[[[[[[\n", count: 1_000),
  ]

  @Test(.timeLimit(.minutes(10)), arguments: deepTexts.keys.sorted())
  func `deep nesting is refused`(name: String) throws {
    let text = try #require(Self.deepTexts[name])
    #expect(
      problems(ofYAML: text).contains(
        "error[nested-too-deeply]: lists and mappings stand in each other more than 64 deep\n"
          + "  help: check the brackets and the indentation"))
  }

  @Test func `lists may stand in each other 64 deep`() {
    let text = String(repeating: "[", count: 64) + "1" + String(repeating: "]", count: 64)
    #expect(problems(ofYAML: text) == "")
  }

  @Test func `a long line is refused before anything is read`() {
    #expect(
      problems(ofYAML: "a: 1\n" + String(repeating: "x", count: (1 << 20) + 1)) == """
        s.yaml:2: error[line-too-long]: the line has more than 1 MB
          help: check that this is the right file; its lines have to be divided
        """)
  }

  @Test func `a text above 8 MB is refused`() {
    let text = String(repeating: "a: 1\n", count: 2 << 20)
    #expect(
      problems(ofYAML: text) == """
        s.yaml: error[file-too-large]: the file has 10 MB, and at most 8 MB are read
          help: check that this is the right file; divide it if it is
        """)
  }

  @Test func `a full-width colon is pointed out`() {
    let expected = """
      error[full-width-colon]: the full-width colon '：' does not end a key
        help: use an ASCII colon and a blank, as in `trials: 10000`
      """
    #expect(problems(ofYAML: "a: 1\ntrials：1000\n") == "s.yaml:2:7: " + expected)
    #expect(problems(ofYAML: "a: 1\n基金：\n  b: 2\n") == "s.yaml:2:3: " + expected)
    #expect(
      problems(ofSection: "trials：1000\n") { _ = $0.text("a") } == "s.yaml:1:7: " + expected)
  }

  /// Whether a mapping stands in braces is read off the text: its lines and columns are those of YAML,
  /// whatever ends the lines, and columns count characters.
  @Test(arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"])
  func `braces are found behind lines of every end`(end: String) {
    let lines = ["# 甲 \u{1F4C8}", "二: 图 {", "三: {表: 1}"].joined(separator: end) + end
    #expect(
      problems(ofYAML: lines + "四: {甲，乙: 1}\n").hasPrefix("s.yaml:4:6: error[full-width-comma]"))
    #expect(problems(ofYAML: lines + "四:\n  甲，乙: 1\n") == "")
  }

  @Test func `a full-width colon inside of a value is text`() throws {
    let tree = try parseDocument(text: "note: 说明：见附件\n", file: "s.yaml")
    #expect(tree.node(at: "note")?.text == "说明：见附件")
  }
}

@Suite struct `A YAML text with an error of syntax` {
  private static let cases: [(text: String, place: String, words: String)] = [
    ("a:\n\tb: 1\n", "s.yaml:2:1", "a tab stands in the indentation of a line"),
    ("a: @x\n", "s.yaml:1:4", "a tab, or one of the signs @ ` %"),
    ("a: b: c\n", "s.yaml:1:5", "a second colon in a line"),
    ("a: 1\nb\nc: 2\n", "s.yaml:2:1", "a line without a colon stands among keys"),
    ("a: - b\n", "s.yaml:1:4", "an item '-' stands where no list can start"),
    ("a: \"b\n", "s.yaml:1:4", "a text in quotes does not end"),
    ("a: \"\\q\"\n", "s.yaml:1:5", "a text in quotes does not end, or has an unknown '\\'"),
    ("a: [1, 2\nb: 3\n", "s.yaml:2:2", "a list in [ ] or a mapping in { } is not closed"),
    ("a: !<x\n", "s.yaml:1:7", "a tag (!) cannot be understood"),
    ("a: &\n", "s.yaml:1:5", "the sign & or * starts a value"),
    ("a: [1]\n - b\n", "s.yaml:2:2", "the line does not fit the lines above it"),
    ("  a: 1\n b: 2\n", "s.yaml:2:2", "the text cannot be understood as YAML here"),
    ("- 1\nb: 2\n", "s.yaml:2:1", "the line does not fit the lines above it"),
    ("a: 甲乙丙丁 \u{1}\n", "s.yaml:1:9", "the text has a control character that cannot be seen"),
  ]

  @Test(arguments: cases)
  func `an error has a place and plain words`(text: String, place: String, words: String) {
    #expect(problems(ofYAML: text).hasPrefix("\(place): error[yaml-syntax]: \(words)"))
  }

  @Test func `an error has a way out`() {
    #expect(
      problems(ofYAML: "a: b: c\n") == """
        s.yaml:1:5: error[yaml-syntax]: a second colon in a line, or a line that is indented too far
          help: put a text that contains ': ' in quotes, or align the key with the keys above it
        """)
  }
}
