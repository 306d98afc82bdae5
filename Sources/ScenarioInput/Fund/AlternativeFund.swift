public import ClaimRules
import DocumentReading
public import FundCore
import PolicyLibrary
public import Simulation

/// A fund of a scenario under another reading of its programme.
public struct AlternativeFund: Sendable {
  /// The interpretation: its id, and the question.
  public let interpretation: (id: String, question: LocalizedText)
  /// The reading in use: its name and what it says.
  public let inUse: (name: String, text: LocalizedText)
  /// The other one.
  public let other: (name: String, text: LocalizedText)
  /// The fund under it.
  public let fund: FundAgreement
}

extension Scenario {
  /// A fund under every reading that its programme offers and it does not use; those that the scenario
  /// could not be run under are left out. A change of terms that several offer comes once.
  public func alternatives(ofFund position: Int) -> [AlternativeFund] {
    let fund = funds[position]
    var known: Set<[String]> = []
    // The programme's file is read once for all of them.
    let shelf = ProgrammeShelf(folder: folder)
    return fund.programme.interpretations.flatMap { interpretation -> [AlternativeFund] in
      let chosen = fund.readings.last { $0.id.value == interpretation.id }?.name.value
      let usedOther = interpretation.others.first { $0.name == chosen }
      let inUse = (
        name: usedOther?.name ?? "default", text: usedOther?.text ?? interpretation.reading
      )
      let readings =
        [(name: "default", text: interpretation.reading, changes: [String]())]
        + interpretation.others.filter { !$0.changes.isEmpty }.map { other in
          (
            name: other.name, text: other.text,
            changes: other.changes.map { "\($0.key.value): \($0.value.text ?? "…")" }
          )
        }
      return readings.compactMap { reading in
        guard reading.name != inUse.name else { return nil }
        if !reading.changes.isEmpty, !known.insert(reading.changes.sorted()).inserted { return nil }
        let choice = Choice(interpretation: interpretation.id, reading: reading.name)
        return self.fund(position, choice, shelf).map {
          AlternativeFund(
            interpretation: (interpretation.id, interpretation.question), inUse: inUse,
            other: (reading.name, reading.text), fund: $0)
        }
      }
    }
  }

  /// A reading of an interpretation.
  private struct Choice {
    let interpretation: String
    let reading: String
  }

  /// The fund, read once more under another reading; `nil` if it would not be allowed.
  private func fund(
    _ position: Int, _ choice: Choice, _ shelf: ProgrammeShelf
  ) -> FundAgreement? {
    guard fundTrees.indices.contains(position) else { return nil }
    let node = fundTrees[position]
    let place = node.location
    func entry(_ key: String, _ text: String) -> DocumentEntry {
      DocumentEntry(
        key: Written(key, at: place),
        value: DocumentNode(content: .scalar(text, isPlain: false), location: place))
    }
    var entries = (node.node(at: "readings")?.entries ?? []).filter {
      $0.key.value != choice.interpretation
    }
    entries.append(entry(choice.interpretation, choice.reading))
    let readings = DocumentNode(content: .mapping(entries), location: place)
    let problems = ProblemCollector()
    guard let tree = node.replacing(path: "readings", with: readings),
      let section = Section(tree, problems: problems),
      var other = FundSection(
        problems: problems, shelf: shelf, start: opening,
        horizon: horizon + (resumed?.monthsGone ?? 0), portfolio: portfolio
      ).read(section, number: position + 1)
    else { return nil }
    other.costs = funds[position].costs
    if case .tape(let mapping) = source {
      let checks = FundChecks(funds: [other], problems: problems, location: place)
      checks.checkRates(mapping, countWithout: portfolio.loans.count { $0.rate == .zero })
      checks.checkFacts(mapping)
    }
    let needsWriteOff = other.countsOverdue && !funds.contains(where: \.countsOverdue)
    return problems.problems.isEmpty && !needsWriteOff ? other : nil
  }

  /// The folder of the file.
  private var folder: String {
    file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
  }

  /// A plan like that of the scenario, of one fund and of others beside it on the same draws.
  ///
  /// - Parameters:
  ///   - plan: The plan of the scenario.
  ///   - position: The fund.
  ///   - others: The same fund under other readings.
  public func plan(
    like plan: SimulationPlan, fund position: Int, beside others: [AlternativeFund]
  ) -> SimulationPlan {
    var changed = plan
    changed.capitalMonths = []
    changed.isChecked = false
    changed.funds =
      [plan.funds[position]]
      + others.map {
        $0.fund.plan(in: self, cover: CoverageCompilation($0.fund, position: position, in: self))
      }
    return changed
  }
}
