import type { Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { ShortId } from '../../parts/short_id'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const OPENED_AT: [RegExp, string][] = [
  [/^(looked_at_decision|review_\w+)$/, '/decisions'],
  [/^looked_at_case$/, '/cases'],
  [/^(looked_at_hardship|hardship_\w+)$/, '/hardship'],
  [/^(looked_at_complaint|complaint_\w+)$/, '/complaints'],
  [/^corrected_credit_record$/, '/loans'],
  [/_loan_change$/, '/loans'],
  [/^(looked_at_customer|listed_contacts|stopped_contact|let_contact_begin)$/, '/customers'],
  [/^(settled_merchant|made_api_key)$/, '/merchants'],
]

/** What a line of the trail is about, and the way to it. */
export function Subject({ line }: { line: Shape['AuditLine'] }) {
  if (!ID.test(line.subject)) return <code>{line.subject}</code>
  const place = OPENED_AT.find(([action]) => action.test(line.action))?.[1]
  const id = <ShortId id={line.subject} />
  return place ? <Link to={`${place}/${line.subject}`}>{id}</Link> : id
}
