import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import TestSupport
import Testing

@testable import Verification

/// A city that the program has never heard of comes in as a file.
@Suite struct `A sixth city` {
  @Test func `is loaded by its path alone, from the folder of the scenario or from anywhere`()
    throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.write("linshui.yaml", linshui)
    let relative = try PolicyDocument.named(
      Written("linshui.yaml", at: scenarioPlace), in: folder.path)
    let absolute = try PolicyDocument.named(Written(path, at: scenarioPlace), in: "elsewhere")
    #expect(relative.id == "linshui-2025")
    #expect(absolute.id == "linshui-2025")
    #expect(relative.textName == nil)
    #expect(!PolicyDocument.builtInIDs.contains(relative.id))
  }

  /// Shares 35 % and 45 %, fractions dropped: 420,000.1295 and 540,000.1665; the bank bears the
  /// other 240,000.09. Under `halfUp` they are 420,000.13 and 540,000.17, and 240,000.07 is left.
  @Test func `settles a claim under its own shares and rounding`() throws {
    let loss = Money(fen: 120_000_037)
    let claim = try settled(loss, in: 1)
    #expect(claim.parts[.fund] == Money(fen: 42_000_012))
    #expect(claim.parts[.guarantor] == Money(fen: 54_000_016))
    #expect(claim.parts[.bank] == Money(fen: 24_000_009))
    let rounded = try settled(loss, in: 1, readings: [reading("I-1", "halfUp")])
    #expect(rounded.parts[.fund] == Money(fen: 42_000_013))
    #expect(rounded.parts[.guarantor] == Money(fen: 54_000_017))
    #expect(rounded.parts[.bank] == Money(fen: 24_000_007))
  }

  /// A loss of 200万: 70万 of the fund, cut to 50万 in the first two years; 90万 of the guarantor.
  @Test(arguments: [(1, 50, 60), (2, 50, 60), (3, 70, 40), (4, 70, 40)])
  func `settles a claim under the cap of the year`(year: Int, fund: Int64, bank: Int64) throws {
    let claim = try settled(.yuan(2_000_000), in: year)
    #expect(claim.parts[.fund] == .yuan(fund * 10_000))
    #expect(claim.parts[.guarantor] == .yuan(900_000))
    #expect(claim.parts[.bank] == .yuan(bank * 10_000))
  }

  /// 6 % of 1,000万, watched from 500万 on.
  @Test func `has its own threshold`() throws {
    let threshold = try #require(try programme(linshui).terms.thresholds.first).value
    let lent = Money.yuan(10_000_000)
    #expect(!threshold.isReached(by: Money(fen: 59_999_999), of: lent, disbursed: lent))
    #expect(threshold.isReached(by: .yuan(600_000), of: lent, disbursed: lent))
    let little = Money(fen: 499_999_999)
    #expect(!threshold.isReached(by: .yuan(600_000), of: little, disbursed: little))
    #expect(threshold.effect == .pause)
    #expect(threshold.resumesAfterMonths == 3)
  }

  @Test func `refuses the models that it does not allow, with the article if it gives one`() throws
  {
    let terms = try programme(linshui).terms
    #expect(terms.models.keys.sorted { $0.id < $1.id } == [.guarantor])
    #expect(terms.refusedModels[.insurer]?.citation.description == "Art. 7")
    #expect(terms.refusedModels[.bank] == nil)
  }

  @Test func `is asked for by a path that leads nowhere`() throws {
    let message = problems {
      _ = try PolicyDocument.named(Written("linshui.yaml", at: scenarioPlace), in: "/nowhere")
    }
    #expect(message.contains("file-not-found"))
    #expect(message.contains("/nowhere/linshui.yaml"))
  }

  @Test func `is asked for by a name that it does not have`() {
    let message = problems {
      _ = try PolicyDocument.named(Written("weihai-2002", at: scenarioPlace), in: "")
    }
    #expect(
      message == """
        scenario.yaml:7:3: error[unknown-programme]: no programme is called 'weihai-2002'
          help: did you mean 'weihai-2020'? use one of: baotou, chaoyang, dalian-2018, \
        dalian-hitech-2022, weihai-2020, or the path of a programme file (my-draft.yaml)
        """)
  }

  private func settled(
    _ loss: Money, in year: Int, readings: [ReadingChoice] = []
  ) throws -> Settlement {
    let facts = ClaimFacts(
      model: .guarantor, principal: loss, interest: .zero, ipPart: .one, balance: .enough,
      agreed: [:], yearOfOperation: year)
    let document = try programme(linshui).changed(readings: readings, overrides: [])
    return try facts.settled(under: document.terms).settlement
  }
}
