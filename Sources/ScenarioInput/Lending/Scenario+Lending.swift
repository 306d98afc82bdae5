import CompensationKernel
import DocumentReading
import FundCore

extension Scenario {
  /// This scenario with more or less lending of the same kind: whole enterprises with all their loans
  /// are taken again, or left out.
  ///
  /// At a factor of 2.4 every enterprise stands twice in the portfolio, and two in five a third time.
  /// Which ones follows from their place alone (multiples of the golden section, which spread evenly
  /// over the run), so that every loan of a smaller factor is also there at a larger one. A copy is an
  /// enterprise of its own, which defaults by its own chance in the same business cycle.
  public func withLending(times factor: Double) -> Scenario {
    precondition(factor >= 0 && factor <= 1e6, "a portfolio is multiplied by a sensible number")
    let whole = Int(factor)
    let rest = factor - Double(whole)
    var scaled = self
    scaled.portfolio.loans = []
    scaled.portfolio.enterprises = []
    scaled.defaults.annualPD = []
    var places: [Int: Int32] = [:]
    // What was lent by the day of a state is as it is.
    var madeAt = [Int](repeating: -1, count: portfolio.loans.count)
    for (place, position) in (resumed?.positions ?? []).enumerated() {
      if let position { madeAt[position] = place }
    }
    for (index, loan) in portfolio.loans.enumerated() {
      let enterprise = Int(loan.enterprise)
      let isMade = madeAt[index] >= 0
      let copies = isMade ? 1 : whole + (Self.evenPlace(enterprise) < rest ? 1 : 0)
      if isMade { scaled.resumed?.positions[madeAt[index]] = scaled.portfolio.loans.count }
      for copy in 0..<copies {
        var again = loan
        let key = enterprise * (whole + 1) + copy
        again.enterprise = places[key] ?? Int32(scaled.portfolio.enterprises.count)
        if places[key] == nil {
          places[key] = again.enterprise
          scaled.portfolio.enterprises.append(
            portfolio.enterprises[enterprise] + (copy > 0 ? "#\(copy + 1)" : ""))
        }
        if copy > 0 {
          again.id += "#\(copy + 1)"
          again.identity = identityHash(of: "\(loan.identity)#\(copy + 1)")
        }
        scaled.portfolio.loans.append(again)
        scaled.defaults.annualPD.append(defaults.annualPD[index])
      }
    }
    // Copies are enterprises of their own: they have no past.
    scaled.portfolio.earlier = portfolio.earlier.compactMap { loan in
      places[Int(loan.enterprise) * (whole + 1)].map { position in
        var moved = loan
        moved.enterprise = position
        return moved
      }
    }
    scaled.portfolio.defaulted = Set(
      portfolio.defaulted.compactMap { places[Int($0) * (whole + 1)] })
    scaled.note("lending ×\(factor)")
    return scaled
  }

  /// The fractional part of a multiple of the golden section.
  static func evenPlace(_ index: Int) -> Double {
    let turn = Double(index + 1) * 0.618_033_988_749_894_9
    return turn - turn.rounded(.down)
  }

  /// What is lent a year: the principal of the loans that start within the run, over the time from the
  /// first of them to the last. In yuan.
  public var yearlyLending: Double {
    let starts = portfolio.loans.map { ($0.start.months(since: start), $0.principal.yuan) }
      .filter { $0.0 >= 0 && $0.0 < horizon }
    guard let first = starts.map(\.0).min(), let last = starts.map(\.0).max() else { return 0 }
    return starts.reduce(0) { $0 + $1.1 } * 12 / Double(last - first + 1)
  }

  /// Notes a change that the file does not tell, for the digest and for what shares its draws.
  public mutating func note(_ change: String) {
    worldKey += "\n" + change
    digestInput += Array("\n\(change)".utf8)
  }
}

extension ScenarioReading {
  /// Checks what multiplies the lending of a loan tape: `portfolio.lending`, from a hundredth to a hundred.
  func checkLending(in tree: DocumentNode) {
    guard let node = tree.lendingNode else { return }
    _ = readScalar(node, name: "portfolio.lending", example: "1.5", problems: problems) {
      Scalar.number($0, in: DocumentNode.lendingFactors)
    }
  }
}

extension DocumentNode {
  /// What multiplies the lending of a scenario's loan tape; `nil` where it says nothing of it, or has no tape.
  fileprivate var lendingNode: DocumentNode? {
    node(at: "portfolio.generate") == nil ? node(at: "portfolio.lending") : nil
  }

  fileprivate static let lendingFactors = 0.01...100.0

  /// What multiplies the lending of a scenario's loan tape; 1 where the file says nothing, or no such number.
  var lendingFactor: Double {
    guard let text = lendingNode?.text,
      case .success(let factor) = Scalar.number(text, in: Self.lendingFactors)
    else { return 1 }
    return factor
  }
}

extension ResumedReading? {
  /// A scenario that was read: from the state on where there is one, with the lending that its file asks for.
  func finished(
    _ scenario: Scenario, lending factor: Double, at place: SourceLocation
  ) -> Scenario? {
    let resumed = map { $0.resumed(scenario, at: place) } ?? scenario
    return resumed?.lending(times: factor)
  }
}

extension Scenario {
  /// The scenario with the lending that its file asks for.
  func lending(times factor: Double) -> Scenario {
    guard factor != 1 else { return self }
    var scaled = withLending(times: factor)
    scaled.lendingFactor = factor
    return scaled
  }
}

extension DocumentNode {
  /// A portfolio without what multiplies its lending: what its tape is read by.
  var withoutLending: DocumentNode {
    guard let entries else { return self }
    return DocumentNode(
      content: .mapping(entries.filter { $0.key.value != "lending" }), location: location)
  }
}
