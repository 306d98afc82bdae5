public import FundCore

/// How the parties of a loan are put together (运作模式): an id and its names.
///
/// What a model does is the list of payers that a programme gives it. `shared` are the models that
/// every programme may use; a programme file adds others by giving them a name.
public struct OperatingModel: Sendable {
  /// The names, once for all who speak of the model: every loan of a tape holds one.
  private final class Names: Sendable {
    let id: String
    let words: LocalizedText
    let otherWords: [String]

    init(id: String, words: LocalizedText, otherWords: [String]) {
      (self.id, self.words, self.otherWords) = (id, words, otherWords)
    }
  }
  private let names: Names

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - id: Its name in files and results.
  ///   - words: Its name in reports.
  ///   - otherWords: What ledgers call it.
  public init(id: String, words: LocalizedText, otherWords: [String]) {
    names = Names(id: id, words: words, otherWords: otherWords)
  }

  /// Its name in files and results.
  public var id: String { names.id }
  /// Its name in reports.
  public var words: LocalizedText { names.words }
  /// What ledgers call it; messages name the first.
  public var otherWords: [String] { names.otherWords }
}

extension OperatingModel: Hashable {
  /// Models of one id are one.
  public static func == (left: OperatingModel, right: OperatingModel) -> Bool {
    left.names === right.names || left.id == right.id
  }

  /// By the id alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension OperatingModel {
  /// Fund and bank (知银贷).
  public static let bank = OperatingModel(
    id: "bank", words: LocalizedText(en: "bank", zh: "银行模式"), otherWords: ["银行", "银行模式", "知银贷"])
  /// Fund, guarantor and bank (知担贷).
  public static let guarantor = OperatingModel(
    id: "guarantor", words: LocalizedText(en: "guarantor", zh: "担保模式"),
    otherWords: ["担保", "担保模式", "知担贷"])
  /// Fund, insurer and bank (知保贷).
  public static let insurer = OperatingModel(
    id: "insurer", words: LocalizedText(en: "insurer", zh: "保险模式"),
    otherWords: ["保险", "保险模式", "知保贷"])

  /// The models that every programme may use.
  public static let shared: [OperatingModel] = [.bank, .guarantor, .insurer]

  /// Some models in the order of reports: the shared ones as they stand in their list, then others as
  /// they come; each once.
  public static func ordered(_ models: some Sequence<OperatingModel>) -> [OperatingModel] {
    var own: [OperatingModel] = []
    var present: Set<OperatingModel> = []
    for model in models where present.insert(model).inserted && !shared.contains(model) {
      own.append(model)
    }
    return shared.filter(present.contains) + own
  }
}
