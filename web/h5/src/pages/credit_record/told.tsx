import { Badge, instant, useLanguage, useText, type Shape } from '@fenqi/ui'
import { creditRecord } from '../../texts/credit_record'

type Record = Shape['OwnCreditRecord']

/** One month of one loan: what is said of it, whether one was told before, and whether it has gone. */
export function Told({ record }: { record: Record }) {
  const text = useText(creditRecord)
  const { language } = useLanguage()
  const on = (at: string) => instant(at, language)
  const ending = record.loan_id.replaceAll('-', '').slice(-6)
  return (
    <>
      <h3>
        <Badge kind="account_state" status={record.account_state} /> {text('month', { on: record.month_on.slice(0, 7) })}
      </h3>
      <p className="soft">{text('loan', { ending })}</p>
      {record.version > 1 && <p>{text('corrected', { version: record.version })}</p>}
      {record.is_adverse && <p>{record.told_at ? text('told', { on: on(record.told_at) }) : text('notTold')}</p>}
      <p>{record.sent_at ? text('sent', { on: on(record.sent_at) }) : text('waiting')}</p>
    </>
  )
}
