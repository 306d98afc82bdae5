import ClaimRules
import DocumentReading
import FundCore
import PolicyLibrary
import ResultFacts
import ScenarioInput
import Simulation
import Testing

/// A scenario changed before it is read.
@Suite struct ScenarioDocumentTests {
  private func document(_ fixture: ScenarioFixture = ScenarioFixture()) throws -> ScenarioDocument {
    try fixture.document()
  }

  private func edit(_ path: String, _ text: String) throws -> ScenarioEdit {
    try ScenarioEdit(path: path, text: text, option: "--set \(path)=\(text)")
  }

  @Test func `a value that is set is read as if the file had it`() throws {
    let document = try document()
    let changed = try document.setting(try edit("defaults.assetCorrelation", "0.3")).scenario()
    #expect(changed.defaults.factors.assetCorrelations == [0.3])
    let rewritten = try ScenarioFixture().replacing(
      "assetCorrelation: 0.12", "assetCorrelation: 0.3"
    )
    .read()
    #expect(changed.defaults.factors == rewritten.defaults.factors)
    let amounts = try document.setting(
      try edit("portfolio.generate.amounts.small", "{from: 1万, to: 2万}")
    ).scenario()
    #expect(amounts.portfolio.loans.allSatisfy { $0.principal <= .yuan(20_000) })
  }

  @Test func `a fund is named by its name or its number, all of them by a star`() throws {
    for path in ["funds.F.initial", "funds.1.initial", "funds.*.initial"] {
      let fund = try document().setting(try edit(path, "1234万")).scenario().funds[0]
      #expect(fund.initial == .yuan(12_340_000))
    }
  }

  @Test func `what shares its draws says so, and what differs has a digest of its own`() throws {
    let document = try document()
    let base = try document.scenario()
    let size = try document.setting(try edit("funds.1.initial", "2000万")).scenario()
    let risk = try document.setting(try edit("recovery.mean", "30%")).scenario()
    #expect(size.worldKey == base.worldKey)
    #expect(risk.worldKey != base.worldKey)
    let digests = [base, size, risk].map { $0.digest }
    #expect(Set(digests).count == 3)
    let seeded = try document.scenario(choices: ScenarioChoices(seed: 5))
    #expect(seeded.worldKey != base.worldKey)
  }

  @Test(arguments: [
    ("defaults.asetCorrelation", "0.2", "unknown-key"), ("recovery.mean", "300%", "out-of-range"),
    ("recovery.mode.kind", "1", "unknown-path"), ("funds.9.initial", "1万", "unknown-path"),
    ("nothing", "1", "unknown-key"), ("funds.1.sharess.fund", "40%", "unknown-path"),
  ])
  func `what is wrong is told at the option`(path: String, text: String, code: String) throws {
    let error = #expect(throws: Diagnostics.self) {
      try document().setting(try edit(path, text)).scenario()
    }
    #expect(error?.problems.map(\.code) == [code])
    #expect(error?.problems.first?.location == SourceLocation(file: "--set \(path)=\(text)"))
  }

  @Test func `a misspelt path is answered with the right one`() throws {
    let error = #expect(throws: Diagnostics.self) {
      try document().setting(try edit("recovery.lg.from", "3"))
    }
    #expect(error?.description.contains("did you mean 'recovery.lag.from'?") == true)
  }

  @Test func `an amount that the text does not allow comes with its override`() throws {
    let fixture = ScenarioFixture().replacing(
      "programme: dalian-hitech-2022", "programme: dalian-2018"
    ).replacing("initial: 1000万", "initial: 1600万")
    let document = try document(fixture)
    let allowed = try document.setting(try edit("funds.1.initial", "1700万")).scenario().funds[0]
    #expect(allowed.overrides.isEmpty)
    let studied = try document.setting(try edit("funds.1.initial", "300万")).scenario().funds[0]
    #expect(studied.initial == .yuan(3_000_000))
    #expect(studied.overrides.map(\.path.value) == ["fund.initial.amount"])
  }
}
