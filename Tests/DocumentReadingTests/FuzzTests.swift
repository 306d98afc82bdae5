import DocumentReading
import FundCore
import Testing

/// What no input may do: end the program, or fail with anything but problems that have a code, a
/// message and a way out.
@Suite(.timeLimit(.minutes(10))) struct `Any input` {
  private static let yaml = """
    # 江州基金
    name: "江州 \\u6c5f"
    trials: 10_000
    fund: {initial: 1000万, fee: ~, list: [a, 'b', "c"]}
    payers:
      - party: province
        share: 45%   # of the loss
      - party: city
        share: &x 25%
    note: |
      first *line*
        second & third
    other: >-
      folded
      text
    ? odd
    : *x
    """

  private static let table = #"""
    bank,amount,"date, signed",share
    甲银行,1000万,2024-01-31,45%
    "乙 ""银行""",12.34,2024年1月31日,0.45
    丙,"1,000",20240131,

    丁,¥5,2024/1/31,4.5‰
    """#

  private static let scalars = [
    "1亿2000万元", "-1,000.50 yuan", "45.5%", "百分之45", "2024年1月31日", "2024-01-31 00:00", "1年6个月",
    "1e-3",
    "０．５", "CNY 5",
  ]

  @Test(arguments: 0..<4) func `as YAML gives a tree or problems`(seed: UInt64) {
    var numbers = FixedNumbers(seed: seed)
    for _ in 0..<1_500 {
      check { _ = try parseDocument(bytes: numbers.bytes(upTo: 60), file: "f") }
      check { _ = try parseDocument(bytes: numbers.signs(upTo: 60), file: "f") }
      let mutated = numbers.mutated(Array(Self.yaml.utf8))
      check {
        let tree = try parseDocument(bytes: mutated, file: "f")
        for path in tree.paths().prefix(50) { _ = tree.replacing(path: path, with: tree) }
        let collector = ProblemCollector()
        var section = Section(tree, problems: collector)
        _ = section?.money("name")
        section?.finish()
        try collector.throwIfAny()
      }
    }
  }

  @Test(arguments: 0..<4) func `as a table gives rows or problems`(seed: UInt64) {
    var numbers = FixedNumbers(seed: seed)
    for _ in 0..<1_500 {
      let inputs = [
        numbers.bytes(upTo: 80), numbers.signs(upTo: 80), numbers.mutated(Array(Self.table.utf8)),
      ]
      for bytes in inputs {
        check {
          let table = try DelimitedTable(bytes: bytes, file: "f")
          var names = InternedColumn()
          try table.forEachRow { row in readAll(row, &names) }
        }
      }
    }
  }

  @Test(arguments: 0..<4) func `as a scalar gives a value or a problem`(seed: UInt64) {
    var numbers = FixedNumbers(seed: seed)
    for _ in 0..<5_000 {
      let start = Self.scalars.randomElement(using: &numbers) ?? ""
      let text = String(decoding: numbers.mutated(Array(start.utf8)), as: UTF8.self)
      for problem in outcomes(text) { check { throw problem } }
      if case .success(let money) = Scalar.money(text, sign: .any) {
        #expect(money.fen.magnitude <= Money.largestInput.fen.magnitude)
      }
    }
  }

  private func check(_ read: () throws -> Void) {
    do {
      try read()
    } catch let thrown as Diagnostics {
      #expect(!thrown.problems.isEmpty)
      for problem in thrown.problems {
        #expect(isComplete(problem.code, problem.message, problem.advice), "\(problem)")
      }
    } catch let problem as ScalarProblem {
      #expect(isComplete(problem.code, problem.message, problem.advice), "\(problem)")
    } catch {
      Issue.record("\(error) is no problem that a person can read")
    }
  }

  private func isComplete(_ code: String, _ message: LocalizedText, _ advice: LocalizedText) -> Bool
  {
    let texts = Language.allCases.flatMap { [message[$0], advice[$0]] }
    return !code.isEmpty && texts.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isNewline) }
  }

  private func readAll(_ row: borrowing TableRow, _ names: inout InternedColumn) {
    for column in 0..<row.cellCount {
      _ = names.number(of: row, column: column)
      #expect(row.location(column).line >= row.line)
      #expect(row.money(column, sign: .any) == Scalar.money(row.text(column), sign: .any))
      #expect(row.integer(column) == Scalar.integer(row.text(column)))
      #expect(row.date(column) == Scalar.date(row.text(column)))
      #expect(row.monthCount(column) == Scalar.monthCount(row.text(column)))
    }
  }

  private func outcomes(_ text: String) -> [ScalarProblem] {
    [
      failure(Scalar.money(text)), failure(Scalar.ratio(text)), failure(Scalar.probability(text)),
      failure(Scalar.integer(text)), failure(Scalar.number(text)), failure(Scalar.month(text)),
      failure(Scalar.date(text)), failure(Scalar.date(text, order: .dayMonthYear)),
      failure(Scalar.monthCount(text)), failure(Scalar.flag(text)), failure(Scalar.text(text)),
      failure(Scalar.choice(text, as: DateOrder.self)),
    ].compactMap(\.self)
  }

  private func failure<Value>(_ result: Result<Value, ScalarProblem>) -> ScalarProblem? {
    if case .failure(let problem) = result { problem } else { nil }
  }
}

extension FixedNumbers {
  /// Any bytes.
  fileprivate mutating func bytes(upTo limit: Int) -> [UInt8] {
    (0..<Int.random(in: 0...limit, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self)
    }
  }

  /// Signs that mean something in YAML or CSV.
  fileprivate mutating func signs(upTo limit: Int) -> [UInt8] {
    let signs = Array("aab1 0  \n\n:-?[]{},&*#!|>'\"%@`\\\t\r;~<.：，".utf8)
    return (0..<Int.random(in: 0...limit, using: &self)).map { _ in
      signs[Int.random(in: 0..<signs.count, using: &self)]
    }
  }

  /// The bytes with a few of them removed, doubled, changed or moved.
  fileprivate mutating func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &self)
      case 2: bytes.insert(contentsOf: signs(upTo: 3), at: place)
      case 3: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &self))
      default: bytes.removeSubrange(place..<min(bytes.count, place + 8))
      }
    }
    return bytes
  }
}
