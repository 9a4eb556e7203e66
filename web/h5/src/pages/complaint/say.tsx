import { ask, day, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api } from '../../session'
import { complaint as texts } from '../../texts/complaint'

const WORDS_MIN = 5

/** What one thinks of an answer: satisfied, or a second look by somebody else. */
export function Say({ complaint }: { complaint: Shape['OwnComplaintShape'] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const words = useId()
  const [why, say] = useState('')
  const saying = useMutation({
    mutationFn: (isSatisfied: boolean) =>
      ask(
        api.POST('/h5/complaints/{complaint_id}/satisfaction', {
          params: { path: { complaint_id: complaint.complaint_id } },
          body: { is_satisfied: isSatisfied, text: why.trim() },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['complaints'] }),
  })
  const isFirst = complaint.follows_id === null
  const canSayNo = !isFirst || why.trim().length >= WORDS_MIN
  return (
    <div className="stack">
      <strong>{text('satisfied')}</strong>
      {isFirst && complaint.settle_on && (
        <p className="soft">{text('settleBy', { on: day(complaint.settle_on, language) })}</p>
      )}
      <button type="button" className="button" data-wide disabled={saying.isPending} onClick={() => saying.mutate(true)}>
        {text('yes')}
      </button>
      {isFirst && (
        <div className="field">
          <label htmlFor={words}>{text('why')}</label>
          <textarea id={words} rows={2} maxLength={4000} value={why} onChange={(event) => say(event.target.value)} />
        </div>
      )}
      <button
        type="button"
        className="button"
        data-look="quiet"
        disabled={!canSayNo || saying.isPending}
        onClick={() => saying.mutate(false)}
      >
        {text(isFirst ? 'no' : 'noSecond')}
      </button>
      {saying.isError && <RefusalNotice error={saying.error} />}
    </div>
  )
}
