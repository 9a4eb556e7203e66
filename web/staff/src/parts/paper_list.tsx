import { RefusalNotice, Unreachable, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { session } from '../session'
import { parts } from '../texts/parts'
import { Section } from './section'

type Paper = Shape['PaperLineShape']

/** Papers that were handed in; opening one is a look that is kept. */
export function PaperList({ papers, title, empty, of = '/staff' }: { papers: Paper[]; title: string; empty: string; of?: string }) {
  const text = useText(parts)
  const saving = useMutation({ mutationFn: (paper: Paper) => save(paper, of) })
  return (
    <Section title={title}>
      {papers.length === 0 && <p className="placeholder">{empty}</p>}
      <div className="page-tools">
        {papers.map((paper) => (
          <Button key={paper.paper_id} loading={saving.isPending} onClick={() => saving.mutate(paper)}>
            {text('savePaper', { name: paper.name })}
          </Button>
        ))}
      </div>
      {saving.isError && <RefusalNotice error={saving.error} />}
    </Section>
  )
}

async function save(paper: Paper, of: string): Promise<void> {
  const headers = { authorization: `Bearer ${session.token ?? ''}` }
  const response = await fetch(`${of}/papers/${paper.paper_id}`, { headers }).catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) throw new Unreachable()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = paper.name
  link.click()
  URL.revokeObjectURL(link.href)
}
