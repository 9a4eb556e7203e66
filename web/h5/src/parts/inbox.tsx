import { Instant, useText } from '@fenqi/ui'
import { app } from '../texts/app'
import { useInbox, useStandInAccounts } from './stand_in'

type Inbox = { mobile: string | undefined; onCode: (digits: string) => void }

/** The stand-in for a phone: what it would have received, said to be a stand-in. */
export function Inbox({ mobile, onCode }: Inbox) {
  const text = useText(app)
  const isDemo = Boolean(useStandInAccounts().data)
  const latest = useInbox(mobile, isDemo).data?.[0]
  const digits = /\d{6}/.exec(latest?.text ?? '')?.[0]
  if (!isDemo) return null
  return (
    <aside className="stand-in" aria-label={text('inbox')}>
      <strong>{text('inbox')}</strong>
      <small>{text('inboxHelp')}</small>
      <p lang="zh-CN">{latest ? latest.text : text('inboxEmpty')}</p>
      {latest && <Instant at={latest.sent_at} />}
      {digits && (
        <button type="button" className="button" data-look="quiet" onClick={() => onCode(digits)}>
          {text('useCode')}
        </button>
      )}
    </aside>
  )
}
