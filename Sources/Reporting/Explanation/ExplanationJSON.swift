import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ReportForm

/// The explanation for programs. The order of keys is that of `Schemas/explanation.schema.json`.
struct ExplanationJSON {
  let explanation: Explanation
  let version: EngineVersion

  var value: JSONValue {
    [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "program": "fundsim",
      "version": .string(version.version), "engine": .engine(version),
      "programme": .string(explanation.programme),
      "title": text(explanation.title),
      "operatingModel": .string(explanation.model.id),
      "covered": .bool(explanation.cover.isCovered),
      "coveredPrincipal": .number(explanation.cover.coveredPrincipal.yuan),
      "steps": .array(explanation.steps.map { step($0) }),
      "parties": .array(
        explanation.parties.listed.map {
          let loss = explanation.parties.amount(of: $0, in: explanation.finalParts)
          return ["party": .string($0.name), "loss": .number(loss.yuan)]
        }),
      "interpretations": .array(
        explanation.readings.map {
          [
            "id": .string($0.id), "question": text($0.question), "name": .string($0.name),
            "reading": text($0.reading),
          ]
        }),
      "departures": .array(
        explanation.departures.map {
          [
            "parameter": .string($0.parameter), "original": .string($0.original),
            "value": .string($0.value), "reason": .string($0.reason.english),
          ]
        }),
      "remarks": .array(explanation.remarks.map { .string($0.english) }),
    ]
  }

  private func text(_ text: LocalizedText) -> JSONValue {
    ["zh": .string(text.chinese), "en": .string(text.english)]
  }

  private func step(_ step: ExplanationStep) -> JSONValue {
    [
      "stage": .string(step.stage.rawValue),
      "rule": .string(step.kind.rule.name),
      "subject": step.kind.rule.subject.map { .string($0) } ?? .null,
      "verdict": step.verdict.map { .string($0.rawValue) } ?? .null,
      "date": step.date.map { .string($0.description) } ?? .null,
      "inputs": .array(
        step.inputs.map { input in
          let (unit, value) = quantity(input.value)
          return ["name": .string(input.name.rawValue), "unit": .string(unit), "value": value]
        }),
      "result": step.result.map { result in
        let (unit, value) = quantity(result)
        return ["unit": .string(unit), "value": value]
      } ?? .null,
      "sources": .array(step.citations.map { source($0) }),
      "text": .string(ExplanationWords(step, isPool: explanation.isPool).text.english),
    ]
  }

  private func source(_ citation: Citation) -> JSONValue {
    [
      "article": citation.article.map { .string($0) } ?? .null,
      "interpretations": .array(citation.interpretations.map { .string($0) }),
      "assumption": citation.assumption.map { .string($0.english) } ?? .null,
    ]
  }

  private func quantity(_ quantity: ExplanationStep.Quantity) -> (unit: String, value: JSONValue) {
    switch quantity {
    case .money(let money): ("yuan", .number(money.yuan))
    case .ratio(let ratio): ("ratio", .number(ratio.value))
    case .months(let count): ("months", .integer(count))
    case .days(let count): ("days", .integer(count))
    case .date(let date): ("date", .string(date.description))
    case .words(let words): ("words", .array(words.map { .string($0) }))
    }
  }
}

extension ExplanationStep.Kind {
  /// The rule's name, and the party, fact, duty or threshold that it concerns.
  fileprivate var rule: (name: String, subject: String?) {
    switch self {
    case .condition(let condition): condition.rule
    case .amendment(let id): ("amendment", id)
    case .model: ("model", nil)
    case .claimDate: ("claimDate", nil)
    case .lossInForce: ("lossInForce", nil)
    case .duty(let id): ("duty", id)
    case .ipPart: ("ipPart", nil)
    case .covered: ("covered", nil)
    case .repayment: ("repayment", nil)
    case .principalLost: ("principalLost", nil)
    case .interestLost: ("interestLost", nil)
    case .lossBase: ("lossBase", nil)
    case .uncovered: ("uncovered", nil)
    case .noClaim: ("noClaim", nil)
    case .share(let party): ("share", party.name)
    case .cap(let party): ("cap", party.name)
    case .ofCut(let party): ("ofCut", party.name)
    case .firstLoss(let id): ("firstLoss", id)
    case .stopLoss(let id): ("stopLoss", id)
    case .claimRate: ("claimRate", nil)
    case .limit(let id): ("limit", id)
    case .payment: ("payment", nil)
    case .refund: ("refund", nil)
    case .part(let party): ("part", party.name)
    case .outsideCover: ("outsideCover", nil)
    case .recovered: ("recovered", nil)
    case .divisible: ("divisible", nil)
    case .returned(let party): ("returned", party.name)
    case .gets(let party): ("gets", party.name)
    case .latePayment: ("latePayment", nil)
    case .finalPart(let party): ("finalPart", party.name)
    }
  }
}

extension CoverageRefusal.Condition {
  fileprivate var rule: (name: String, subject: String?) {
    switch self {
    case .collateral: ("collateral", nil)
    case .size: ("size", nil)
    case .singleLoanLimit: ("singleLoanLimit", nil)
    case .enterpriseYearLimit: ("enterpriseYearLimit", nil)
    case .term: ("term", nil)
    case .fact(let id): ("fact", id)
    case .ipPart: ("pledge", nil)
    case .datesInForce: ("datesInForce", nil)
    case .earlierDefault: ("earlierDefault", nil)
    case .coverLimit: ("coverLimit", nil)
    case .suspension(let id): ("suspension", id)
    case .pause(let id): ("pause", id)
    }
  }
}
