import { Asked, hasCode, RefusalNotice, useText } from '@fenqi/ui'
import { checkout as texts } from '../../texts/checkout'
import { useProgress, type Progress } from './progress'
import { ApplyStep } from './step/apply'
import { ChooseStep } from './step/choose'
import { ConsentStep } from './step/consent'
import { DeclinedStep } from './step/declined'
import { DoneStep } from './step/done'
import { IdentifyStep } from './step/identify'
import { OverStep } from './step/over'
import { ProveStep } from './step/prove'
import { ReadStep } from './step/read'
import { Stepper } from './stepper'

/** The step that the service says comes next. */
export function Steps({ checkoutId }: { checkoutId: string }) {
  const text = useText(texts)
  const progress = useProgress(checkoutId)
  if (hasCode(progress.error, 'checkout_not_yours')) {
    return <RefusalNotice error={progress.error} told={text('notYours')} />
  }
  return (
    <Asked query={progress}>
      {(found) => (
        <>
          <Stepper step={found.step} />
          <CurrentStep key={found.step} progress={found} seenAt={progress.dataUpdatedAt} />
        </>
      )}
    </Asked>
  )
}

function CurrentStep({ progress, seenAt }: { progress: Progress; seenAt: number }) {
  switch (progress.step) {
    case 'identify':
      return <IdentifyStep checkoutId={progress.checkout_id} />
    case 'consent':
      return <ConsentStep checkoutId={progress.checkout_id} />
    case 'apply':
      return <ApplyStep checkoutId={progress.checkout_id} />
    case 'choose':
      return <ChooseStep checkoutId={progress.checkout_id} />
    case 'read':
      return <ReadStep progress={progress} seenAt={seenAt} />
    case 'prove':
      return <ProveStep checkoutId={progress.checkout_id} />
    case 'done':
      return <DoneStep progress={progress} />
    case 'wait':
    case 'frozen':
    case 'declined':
      return <DeclinedStep checkoutId={progress.checkout_id} isWaiting={progress.step !== 'declined'} />
    case 'over':
      return <OverStep returnUrl={progress.return_url} />
  }
}
