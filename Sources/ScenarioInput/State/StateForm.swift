import CompensationKernel
import DocumentReading
import FundCore

/// How a value stands in a state file.
struct StateForm<Value> {
  /// The value as it is written.
  let write: (Value) -> JSONNode
  /// The value that was read; `nil` if the node is none.
  let read: (JSONNode) -> Value?
}

extension StateForm {
  static func list<Item>(of form: StateForm<Item>) -> StateForm where Value == [Item] {
    StateForm {
      .list($0.map(form.write))
    } read: { node in
      guard case .list(let nodes) = node else { return nil }
      let items = nodes.compactMap(form.read)
      return items.count == nodes.count ? items : nil
    }
  }
}

extension StateForm where Value: StateRecord {
  /// An object.
  static var record: StateForm {
    StateForm {
      $0.node
    } read: {
      Value($0)
    }
  }
}

extension StateForm where Value: RawRepresentable, Value.RawValue == String {
  /// One of a few words.
  static var word: StateForm {
    StateForm {
      .text($0.rawValue)
    } read: {
      StateForm<String>.text.read($0).flatMap(Value.init)
    }
  }
}

extension StateForm<String> {
  static var text: StateForm {
    StateForm {
      .text($0)
    } read: {
      if case .text(let text) = $0 { text } else { nil }
    }
  }
}

extension StateForm<Bool> {
  static var flag: StateForm {
    StateForm {
      .flag($0)
    } read: {
      if case .flag(let flag) = $0 { flag } else { nil }
    }
  }
}

extension StateForm<Int> {
  /// A whole number, as far as positions and months go.
  static var number: StateForm { number(in: 0...1_000_000_000) }

  static func number(in range: ClosedRange<Int>) -> StateForm {
    StateForm {
      .integer(Int64($0))
    } read: {
      guard case .integer(let number) = $0, let value = Int(exactly: number) else { return nil }
      return range.contains(value) ? value : nil
    }
  }
}

extension StateForm<Double> {
  static var probability: StateForm {
    StateForm {
      .number($0)
    } read: {
      switch $0 {
      case .number(let number): (0...1).contains(number) ? number : nil
      case .integer(let number): (0...1).contains(number) ? Double(number) : nil
      default: nil
      }
    }
  }
}

extension StateForm<Money> {
  /// Sums that stay far from the range of their type, however many of them are added.
  private static var largest: Int64 { 100_000_000_000_000_000 }

  /// An amount in fen.
  static var money: StateForm { fen(in: -largest...largest) }

  /// An amount of one loan.
  static var ofLoan: StateForm { fen(in: 0...Money.largestInput.fen) }

  private static func fen(in range: ClosedRange<Int64>) -> StateForm {
    StateForm {
      .integer($0.fen)
    } read: {
      guard case .integer(let fen) = $0 else { return nil }
      return range.contains(fen) ? Money(fen: fen) : nil
    }
  }
}

extension StateForm<Ratio> {
  /// A proportion in millionths, up to ten.
  static var ratio: StateForm {
    StateForm {
      .integer($0.millionths)
    } read: {
      guard case .integer(let number) = $0 else { return nil }
      return (0...10_000_000).contains(number) ? Ratio(millionths: number) : nil
    }
  }
}

extension StateForm<CivilDate> {
  /// A day, `2026-06-30`.
  static var date: StateForm {
    StateForm {
      .text($0.description)
    } read: {
      guard case .text(let text) = $0 else { return nil }
      let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
        (1900...2300).contains(year), let date = CivilDate(year: year, month: month, day: day)
      else { return nil }
      return date.description == text ? date : nil
    }
  }
}

extension StateForm<CivilMonth> {
  /// A month, `2026-06`.
  static var month: StateForm {
    StateForm {
      .text($0.description)
    } read: {
      guard case .text(let text) = $0 else { return nil }
      return StateForm<CivilDate>.date.read(.text(text + "-01"))?.month
    }
  }
}

extension StateForm<OperatingModel> {
  static var model: StateForm {
    StateForm {
      .text($0.id)
    } read: {
      guard case .text(let id) = $0, !id.isEmpty else { return nil }
      return OperatingModel.shared.first { $0.id == id }
        ?? OperatingModel(id: id, words: LocalizedText(same: id), otherWords: [])
    }
  }
}

extension StateForm<Party> {
  static var party: StateForm {
    StateForm {
      .text($0.id)
    } read: {
      guard case .text(let id) = $0, !id.isEmpty else { return nil }
      return Party.shared.first { $0.id == id }
        ?? Party(id: id, words: LocalizedText(same: id))
    }
  }
}

extension StateForm<PartyPlace> {
  static var place: StateForm {
    StateForm {
      .text("\($0)")
    } read: { node in
      guard case .text(let text) = node else { return nil }
      return PartyPlace.allCases.first { "\($0)" == text }
    }
  }
}
