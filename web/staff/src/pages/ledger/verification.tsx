import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

type Report = Shape['VerificationShape']

/** Whether the books hold, checked now. */
export function VerificationPage() {
  const text = useText(texts)
  const verify = useMutation({ mutationFn: () => ask(api.POST('/staff/ledger/verifications')) })
  return (
    <>
      <PageHead title={text('verification')}>
        <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
          {text('verify')}
        </Button>
      </PageHead>
      <p>{text('verifyHelp')}</p>
      {verify.isError && <RefusalNotice error={verify.error} />}
      <div role="status">{verify.data && <Told report={verify.data} />}</div>
    </>
  )
}

function Told({ report }: { report: Report }) {
  const text = useText(texts)
  return (
    <>
      <p className="notice" data-tone={report.is_clean ? 'good' : 'bad'}>
        <strong>{report.is_clean ? `✓ ${text('clean')}` : `✕ ${text('unclean', { count: report.findings.length })}`}</strong>
      </p>
      <Pairs
        pairs={[
          [text('accountCount'), report.account_count],
          [text('transactionCount'), report.transaction_count],
          [text('legCount'), report.leg_count],
          [text('holdCount'), report.hold_count],
          [text('loanCount'), report.loan_count],
        ]}
      />
      {!report.is_clean && (
        <Lines<Shape['FindingLine']>
          label={text('what')}
          rows={report.findings}
          rowKey={(finding) => `${finding.invariant} ${finding.subject}`}
          columns={[
            { key: 'invariant', title: text('invariant'), show: (finding) => <code>{finding.invariant}</code> },
            { key: 'bucket', title: text('bucket'), figure: true, show: (finding) => finding.bucket },
            { key: 'subject', title: text('subjectOf'), show: (finding) => <code>{finding.subject}</code> },
            { key: 'what', title: text('what'), show: (finding) => <span lang="en">{finding.what}</span> },
          ]}
        />
      )}
    </>
  )
}
