import { ask, Asked, Day, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { contacts as texts } from '../../texts/contacts'
import { ApproveText } from './approve'
import { ProposeText } from './propose'

/** Every version of what borrowers are told, in both languages; one proposes, another approves. */
export function TemplatesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({ queryKey: ['templates'], queryFn: () => ask(api.GET('/staff/templates')) })
  const mayWrite = has('collector', 'risk')
  return (
    <>
      <PageHead title={text('templates')} />
      <Asked query={query}>
        {(data) => (
          <>
            <Lines<Shape['TemplateShape']>
              label={text('templates')}
              rows={data.templates}
              empty={text('noTemplates')}
              rowKey={(line) => `${line.name} ${line.version}`}
              columns={[
                { key: 'name', title: text('template'), show: (line) => <code>{line.name}</code> },
                { key: 'version', title: text('version'), figure: true, show: (line) => line.version },
                { key: 'purpose', title: text('purpose'), show: (line) => text(line.purpose) },
                { key: 'zh', title: text('zh'), show: (line) => <span lang="zh-CN">{line.zh}</span> },
                { key: 'en', title: text('en'), show: (line) => <span lang="en">{line.en}</span> },
                {
                  key: 'proposed',
                  title: text('proposedBy'),
                  show: (line) => (
                    <>
                      {line.proposed_by} <Instant at={line.proposed_at} />
                    </>
                  ),
                },
                { key: 'approved', title: text('approvedBy'), show: (line) => line.approved_by ?? text('waits') },
                {
                  key: 'from',
                  title: text('inForceFrom'),
                  show: (line) => {
                    if (line.effective_from) return <Day on={line.effective_from} />
                    return mayWrite && <ApproveText name={line.name} version={line.version} />
                  },
                },
              ]}
            />
            {mayWrite && <ProposeText fields={data.fields} />}
          </>
        )}
      </Asked>
    </>
  )
}
