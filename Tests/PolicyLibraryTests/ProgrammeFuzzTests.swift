import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Testing

@testable import Verification

/// Whatever is done to a programme file, reading it gives a document that can be used, or problems
/// that a person can read.
@Suite(.timeLimit(.minutes(10))) struct `A spoiled programme file` {
  @Test(arguments: PolicyDocument.builtInIDs)
  func `with lines lost, doubled, moved or altered gives a document or problems`(
    id: String
  ) throws {
    let text = try #require(PolicyDocument.builtInText(id))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var words = SeededWords(seed: UInt64(id.utf8.count) + 300)
    var readCount = 0
    for _ in 0..<40 {
      let spoiled = words.spoiled(lines).joined(separator: "\n")
      if let document = check({ try programme(spoiled) }) {
        readCount += 1
        use(document)
      }
    }
    // A test in which nothing reads, or everything, would show little.
    #expect((1..<40).contains(readCount))
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `with any value altered gives a document or problems`(id: String) throws {
    let tree = try builtIn(id).tree
    var words = SeededWords(seed: UInt64(id.utf8.count) + 100)
    let paths = tree.paths().filter { !$0.hasPrefix("interpretations.") }
      .shuffled(using: &words).prefix(60)
    var readCount = 0
    for path in paths {
      let value = DocumentNode(
        content: .scalar(words.anyValue(), isPlain: true), location: scenarioPlace)
      let spoiled = try #require(tree.replacing(path: path, with: value))
      if let document = check({ try readProgramme(tree: spoiled) }) {
        readCount += 1
        use(document)
      }
    }
    #expect((1..<paths.count).contains(readCount))
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `under overrides of every parameter gives a document or problems`(id: String) throws {
    let document = try builtIn(id)
    var words = SeededWords(seed: UInt64(id.utf8.count) + 200)
    for parameter in document.parameters {
      let request = override(parameter.path, words.anyValue())
      if let changed = check({ try document.changed(readings: [], overrides: [request]) }) {
        use(changed)
      }
    }
  }

  /// The document, or `nil` if there are problems, each of which must be fit to print.
  private func check(_ read: () throws -> PolicyDocument) -> PolicyDocument? {
    do {
      return try read()
    } catch let thrown as Diagnostics {
      #expect(!thrown.problems.isEmpty)
      for problem in thrown.problems {
        let words =
          [problem.code] + Language.allCases.flatMap { [problem.message[$0], problem.advice[$0]] }
        #expect(words.allSatisfy { !$0.isEmpty && !$0.contains("\n") }, "\(problem)")
      }
    } catch {
      Issue.record("\(error) is no problem that a person can read")
    }
    return nil
  }

  /// Settles claims, divides recoveries and decides on loans, for what would trap.
  private func use(_ document: PolicyDocument) {
    let terms = document.terms
    for model in terms.models.keys {
      for fen in [0, 1, 99_999_999, 100_000_000_000_000] as [Int64] {
        let facts = ClaimFacts(
          model: model, principal: Money(fen: fen), interest: Money(fen: fen / 10), ipPart: .one,
          balance: .single(Money(fen: fen / 3)), agreed: [:], yearOfOperation: 2)
        let recovery = WorkedRecovery(
          facts: facts, recovered: Money(fen: fen / 2), costs: Money(fen: fen / 5),
          parts: PartyAmounts())
        guard let division = try? recovery.division(under: terms) else { continue }
        #expect(division.parts.total == recovery.recovered - recovery.costs)
      }
    }
    let loan = LoanToCover(
      size: .large, collateral: .other, principal: .largestInput, ipPrincipal: .yuan(1),
      termMonths: 1, earlierThisYear: .largestInput)
    _ = terms.coverage.decide(on: loan, missingFacts: Set(terms.coverage.facts.map(\.id)))
    for threshold in terms.thresholds.map(\.value) {
      let smallest = threshold.smallestPart(reaching: .largestInput, disbursed: .largestInput)
      #expect(
        threshold.isReached(by: smallest, of: .largestInput, disbursed: .largestInput)
          || threshold.minimumDisbursed > .largestInput)
    }
  }
}

extension SeededWords {
  /// The lines with one to three of them removed, doubled, swapped, indented or altered.
  fileprivate mutating func spoiled(_ original: [String]) -> [String] {
    var lines = original
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      let place = Int.random(in: lines.indices, using: &self)
      switch Int.random(in: 0..<6, using: &self) {
      case 0: lines.remove(at: place)
      case 1: lines.insert(lines[place], at: place)
      case 2: lines.swapAt(place, Int.random(in: lines.indices, using: &self))
      case 3: lines[place] = " " + lines[place]
      case 4: lines[place] = withOtherDigit(lines[place])
      default: lines[place] = withoutASign(lines[place])
      }
    }
    return lines
  }

  private mutating func withOtherDigit(_ line: String) -> String {
    let digit = Int.random(in: 0...9, using: &self)
    return String(line.map { $0.isWholeNumber && $0.isASCII ? Character("\(digit)") : $0 })
  }

  private mutating func withoutASign(_ line: String) -> String {
    var signs = Array(line)
    if !signs.isEmpty { signs.remove(at: Int.random(in: signs.indices, using: &self)) }
    return String(signs)
  }

  /// A value that some clause might take.
  fileprivate mutating func anyValue() -> String {
    let values = [
      "0", "1", "-1", "100%", "99.9999%", "0.0001%", "101%", "0万", "1万亿", "1200",
      "9223372036854775807",
      "2020-01-01", "2999-12-31", "open", "scenario", "never", "true", "false", "yes", "no", "bank",
      "fund", "partner", "guarantor", "insurer", "province", "remaining", "restAboveZero", "waits",
      "byBank", "socialFirst", "single", "shareBorne", "fixedRate", "nominalShare", "calendar",
      "exactly", "atLeast", "net", "shared", "principalAndInterest", "wholeLoan", "coveredUpTo",
      "life", "down", "suspendNewCustomers", "pause", "covered", "outstanding", "compensationNet",
      "overdueEver", "", "~", "I-1", "一", "\u{FF11}\u{FF10}%",
    ]
    return values.randomElement(using: &self) ?? "0"
  }
}
