import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Heading } from '../../parts/heading'
import { api } from '../../session'
import { complaint } from '../../texts/complaint'
import { Course } from './course'
import { OpenComplaint } from './open'

/** One's complaints: where each stands, and a way to make one, also about a loan that the address names. */
export function ComplaintsPage() {
  const text = useText(complaint)
  const [asked] = useSearchParams()
  const loanId = asked.get('loan') ?? ''
  const [isNew, setNew] = useState(loanId !== '')
  const query = useQuery({ queryKey: ['complaints'], queryFn: () => ask(api.GET('/h5/complaints')) })
  return (
    <>
      <Link to={loanId ? `/loans/${loanId}` : '/'} className="soft">
        ‹ {text('back')}
      </Link>
      <Heading>{text('title')}</Heading>
      <Asked query={query}>
        {(found) => (
          <>
            <p>{text('promise', { days: found.answer_days })}</p>
            <p className="soft">{text('outside')}</p>
            {isNew ? (
              <OpenComplaint record={found.record} loanId={loanId} about={asked.get('cause')} done={() => setNew(false)} />
            ) : (
              <button type="button" className="button" data-wide onClick={() => setNew(true)}>
                {text('new')}
              </button>
            )}
            {!isNew && found.complaints.length === 0 && <p className="placeholder">{text('none')}</p>}
            {found.complaints.map((each) => (
              <Course key={each.complaint_id} complaint={each} />
            ))}
          </>
        )}
      </Asked>
    </>
  )
}
