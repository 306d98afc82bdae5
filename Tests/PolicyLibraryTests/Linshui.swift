/// A sixth city. The city, its measures and their articles are invented here.
///
/// The line numbers of this text stand in the messages that the tests expect.
let linshui = """
  format: 1
  id: linshui-2025
  title: {zh: 临水市知识产权质押贷款风险补偿办法, en: Linshui measures}
  issuer: {zh: 临水市, en: Linshui city}
  checkedOn: 2025-06-30

  inForce: {from: 2025-01-01, until: 2027-12-31, article: 20}
  coverPeriod: {rule: startsInForce, article: 20}
  rounding: {rule: down, interpretation: I-1}

  fund:
    initial: {rule: atLeast, amount: 800万, article: 3}
    accounts: {kind: single, article: 4}
    fee: {rate: 1%, atMost: 2%, of: 800万, per: year, article: 5}
    shortage: {rule: leftWithBank, article: 6}

  models:
    guarantor:
      article: 7
      bankShare: {rule: restAboveZero, article: 8}
      payers:
        - party: fund
          share: {value: 35%, atLeast: 20%, atMost: 50%, article: 8}
          caps:
            - {id: early, fromYear: 1, perClaim: 50万, article: 9}
            - {id: later, fromYear: 3, perClaim: 80万, article: 9}
        - party: guarantor
          share: {value: 45%, negotiable: true, article: 8}
      lossBase: {value: principal, article: 8}
  refusedModels:
    insurer: {article: 7, zh: 未提保险公司, en: the article names guarantors only}

  claim: {delayMonths: 3, article: 10}
  recovery:
    basis: {value: nominalShare, article: 11}
    limitedToPaid: {value: true, article: 11}
    costs: {value: net, article: 11}
    beyondPrincipal: {value: partners, article: 11}

  thresholds:
    - id: pause
      ratio: {numerator: overdueEver, denominator: disbursed, measure: ipPart, article: 12}
      level: {value: 6%, article: 12}
      effect: {value: pause, article: 12}
      watched: {at: quarterEnds, minimumDisbursed: 500万, article: 12}
      resumes: {afterMonths: 3, article: 12}

  coverage:
    collateral: {kinds: [patent], article: 13}
    combinedPledge: {covered: ipPart, article: 13}
    singleLoan:
      - {id: all, sizes: [micro, small, medium], atMost: 500万, measure: ipPart, above: refused, article: 14}
    facts:
      - {id: registeredInArea, zh: 在临水市登记注册, en: registered in Linshui, article: 15}

  interpretations:
    - id: I-1
      question: {zh: 分以下如何取舍, en: what becomes of fractions of a fen?}
      words: —
      reading: {zh: 舍去, en: they are dropped}
      others:
        - {name: halfUp, text: {zh: 四舍五入, en: rounded half up}, change: {rounding.rule: halfUp}}
  """
