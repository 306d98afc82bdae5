import FundCore
import ReportForm
import ResultFacts

/// The inputs of a study: those that all variants share once, and the others with the variants that have
/// them.
struct StudyInputs {
  /// Where the figures of each variant come from; `nil` for a variant that the articles forbid.
  let provenances: [Provenance?]

  /// For programs: every input of every variant, with the positions of the variants that have it; null
  /// for all of them.
  var json: JSONValue {
    struct Owned: Hashable {
      let fact: InputFact
      let fund: String?
    }
    let known = provenances.enumerated().compactMap { place, provenance in
      provenance.map { (place: place, provenance: $0) }
    }
    var order: [Owned] = []
    var owners: [Owned: [Int]] = [:]
    for (place, provenance) in known {
      for fact in provenance.inputs {
        let owned = Owned(fact: fact, fund: fact.fundName(in: provenance))
        if owners[owned] == nil { order.append(owned) }
        owners[owned, default: []].append(place)
      }
    }
    return .array(
      order.map { owned in
        let places = owners[owned] ?? []
        let input = InputJSON(line: InputLine(owned.fact), fund: owned.fund).value
        let variants: JSONValue =
          places.count == known.count ? .null : .array(places.map { .integer($0) })
        guard case .object(let entries) = input else { return input }
        return .object(entries + [("variants", variants)])
      })
  }

  /// For people: the inputs of the first variant, then what differs in variants of another file. What a
  /// study varies stands in its tables. No section where no input is known.
  var sections: [ReportSection] {
    var paths: [String] = []
    var pairs: [LabelledText] = []
    var known: Set<LabelledText> = []
    for provenance in provenances.compactMap(\.self)
    where !paths.contains(provenance.scenario.path) {
      let isFurther = !paths.isEmpty
      paths.append(provenance.scenario.path)
      for line in InputLine.all(of: provenance) {
        let fund = line.fact.fundName(in: provenance)
        var pair = LabelledText(Self.label(line, fund: fund), line.value)
        guard known.insert(pair).inserted else { continue }
        if isFurther {
          let path = provenance.scenario.path
          pair.text = .init(en: "\(pair.text) (\(path))", zh: "\(pair.text)（\(path)）")
        }
        pairs.append(pair)
      }
    }
    return pairs.isEmpty ? [] : [ReportSection(.init(en: "Inputs", zh: "输入"), [.pairs(pairs)])]
  }

  private static func label(_ line: InputLine, fund: String?) -> LocalizedText {
    guard let fund, line.fact.key != "funds[].name" else { return line.label }
    return .init(en: "\(fund), \(line.label)", zh: "\(fund)，\(line.label)")
  }
}
