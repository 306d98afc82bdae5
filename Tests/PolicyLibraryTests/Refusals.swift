/// One thing that the reader refuses: a change of ``linshui`` and the message that it brings.
struct Refusal: Sendable {
  let what: String
  let from: String
  let to: String
  /// The messages without the name of the file.
  let message: String
}

extension Refusal {
  /// Sources, keys and words.
  static let sources: [Refusal] = [
    Refusal(
      what: "a number without an article", from: "level: {value: 6%, article: 12}",
      to: "level: {value: 6%}",
      message: """
        43:12: error[uncited-number]: 'thresholds.pause.level' names no source
          help: add `article: 12`, or `interpretation: I-1` where the text leaves it open
        """),
    Refusal(
      what: "a choice without an article", from: "{value: net, article: 11}", to: "{value: net}",
      message: """
        37:10: error[uncited-number]: 'recovery.costs' names no source
          help: add `article: 12`, or `interpretation: I-1` where the text leaves it open
        """),
    Refusal(
      what: "an interpretation that the log does not have",
      from: "{rule: down, interpretation: I-1}", to: "{rule: down, interpretation: I-2}",
      message: """
        9:40: error[unknown-interpretation]: 'rounding' cites I-2, which is not in the log
          help: add I-2 under `interpretations`
        """),
    Refusal(
      what: "an unknown interpretation of a clause that holds no number",
      from: "    article: 7\n    bankShare", to: "    interpretation: I-3\n    bankShare",
      message: """
        19:21: error[unknown-interpretation]: 'models.guarantor' cites I-3, which is not in the log
          help: add I-3 under `interpretations`
        """),
    Refusal(
      what: "an unknown key", from: "perClaim: 50万", to: "perClam: 50万",
      message: """
        25:38: error[unknown-key]: the key 'perClam' is not known in \
        'models.guarantor.payers.fund.caps.early'
          help: did you mean 'perClaim'? keys in 'models.guarantor.payers.fund.caps.early': \
        article, assumption, interpretation, id, fromYear, perClaim
        """),
    Refusal(
      what: "an unknown model", from: "  guarantor:\n", to: "  garantor:\n",
      message: """
        18:3: error[unknown-key]: the key 'garantor' is not known in 'models'
          help: did you mean 'guarantor'? keys in 'models': bank, guarantor, insurer
        """),
    Refusal(
      what: "an unknown choice", from: "at: quarterEnds", to: "at: quarterEnd",
      message: """
        45:19: error[unknown-choice]: thresholds.pause.watched.at: 'quarterEnd' is not one of the \
        choices
          help: did you mean 'quarterEnds'? use one of: claims, monthEnds, quarterEnds, yearEnds
        """),
    Refusal(
      what: "a reading of a parameter that the file does not have",
      from: "change: {rounding.rule: halfUp}", to: "change: {roundin.rule: halfUp}",
      message: """
        62:72: error[unknown-parameter]: the programme has no parameter 'roundin.rule'
          help: did you mean 'rounding.rule'?
        """),
  ]

  /// Shares, caps, dates and units.
  static let numbers: [Refusal] = [
    Refusal(
      what: "shares above the whole", from: "{value: 45%, negotiable: true",
      to: "{value: 65.0001%, negotiable: true",
      message: """
        19:5: error[shares-above-whole]: the shares add up to 100.0001%
          help: keep them within 100%
        """),
    Refusal(
      what: "shares that leave nothing to a bank that must bear a part",
      from: "{value: 45%, negotiable: true", to: "{value: 65%, negotiable: true",
      message: """
        19:5: error[shares-above-whole]: the shares add up to 100%, but the bank must bear a part
          help: keep them below 100%
        """),
    Refusal(
      what: "a share above its own bound", from: "{value: 35%, atLeast", to: "{value: 51%, atLeast",
      message: """
        23:24: error[share-outside-bounds]: the share 51% is not within its own bounds
          help: give 20% to 50%
        """),
    Refusal(
      what: "a share below its own bound", from: "{value: 35%, atLeast", to: "{value: 19%, atLeast",
      message: """
        23:24: error[share-outside-bounds]: the share 19% is not within its own bounds
          help: give 20% to 50%
        """),
    Refusal(
      what: "a fee above its own bound", from: "{rate: 1%", to: "{rate: 2.5%",
      message: """
        14:15: error[share-above-bound]: the rate 2.5% is above 2%
          help: give a rate of at most 2%
        """),
    Refusal(
      what: "a cap of zero", from: "perClaim: 50万", to: "perClaim: 0",
      message: """
        25:13: error[cap-of-zero]: the cap is zero
          help: give a cap above zero
        """),
    Refusal(
      what: "dates in the wrong order", from: "until: 2027-12-31", to: "until: 2024-12-31",
      message: """
        7:10: error[dates-in-wrong-order]: 'until' (2024-12-31) lies before 'from' (2025-01-01)
          help: give the last day in force in 'until'
        """),
    Refusal(
      what: "two ends", from: "until: 2027-12-31", to: "until: 2027-12-31, lastsMonths: 36",
      message: """
        7:10: error[two-ends]: the end is given twice, by 'until' and by 'lastsMonths'
          help: keep one of the two
        """),
    Refusal(
      what: "two caps of one year", from: "{id: later, fromYear: 3", to: "{id: later, fromYear: 1",
      message: """
        19:5: error[cap-year-twice]: two caps hold from year 1 on
          help: give each cap a year of its own
        """),
    Refusal(
      what: "an amount that has no use", from: "{rule: atLeast, amount",
      to: "{rule: scenario, amount",
      message: """
        12:12: error[key-without-use]: the amount has no use beside `rule: scenario`
          help: write `rule: exactly` or `rule: atLeast`, or remove 'amount'
        """),
    Refusal(
      what: "a payer that is named twice", from: "- party: guarantor", to: "- party: fund",
      message: """
        19:5: error[payer-twice]: the fund is named twice
          help: name each payer once
        """),
    Refusal(
      what: "the bank as a payer", from: "- party: guarantor", to: "- party: bank",
      message: """
        19:5: error[not-a-payer]: the bank cannot be named as a payer
          help: the bank bears what is left; a pool's partner pays through `fund.accounts`
        """),
    Refusal(
      what: "a share in the wrong unit", from: "level: {value: 6%", to: "level: {value: 6万",
      message: """
        43:20: error[wrong-unit]: thresholds.pause.level.value: '6万' ends in '万', not in %
          help: write a share as 45% or 0.45
        """),
    Refusal(
      what: "an amount in the wrong unit", from: "perClaim: 50万", to: "perClaim: 50%",
      message: """
        25:48: error[wrong-unit]: models.guarantor.payers.fund.caps.early.perClaim: '50%' has \
        '%', which is not a unit of money here
          help: write the amount in yuan, as 1000万 or 10000000
        """),
    Refusal(
      what: "an amount in another currency", from: "perClaim: 50万", to: "perClaim: 50万美元",
      message: """
        25:48: error[wrong-unit]: models.guarantor.payers.fund.caps.early.perClaim: '50万美元' is in \
        '美元', not in yuan
          help: convert the amount to yuan, and write it as 1000万 or 10000000
        """),
  ]
}
