import { useText, type Shape } from '@fenqi/ui'
import { complaints } from '../../texts/complaints'
import { contacts } from '../../texts/contacts'
import { hardship } from '../../texts/hardship'
import { warningCalls } from '../../texts/warning_calls'
import { warnings } from '../../texts/warnings'
import { CAUSES } from '../complaints/names'

type Event = Shape['CustomerEvent']

/** What a line of the timeline says in a word, as the pages of its kind call it. */
export function Told({ event: { kind, told } }: { event: Event }) {
  const spoken = {
    contact: useText(contacts),
    hardship: useText(hardship),
    complaint: useText(complaints),
    warning_step: useText(warnings),
    warning_answer: useText(warningCalls),
  }
  switch (kind) {
    case 'contact':
      return spoken.contact(told as 'call')
    case 'hardship':
      return spoken.hardship(told as 'illness')
    case 'complaint':
      return spoken.complaint(CAUSES[told as keyof typeof CAUSES])
    case 'warning_step':
      return spoken.warning_step(told === 'left_out' ? 'leftOut' : (`step_${told}` as 'step_call'))
    case 'warning_answer':
      return spoken.warning_answer(told as 'said_other')
    default:
      return told
  }
}
