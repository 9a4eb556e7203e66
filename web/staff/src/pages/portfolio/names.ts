import { useText } from '@fenqi/ui'
import { useCallback } from 'react'
import { portfolio as texts } from '../../texts/portfolio'

/** The name of a bucket of days past due. */
export function useBucket(): (bucket: string) => string {
  const text = useText(texts)
  return useCallback(
    (bucket: string) =>
      bucket === 'current' || bucket === 'closed' ? text(bucket) : text('days', { days: bucket.replace('-', '–') }),
    [text],
  )
}
