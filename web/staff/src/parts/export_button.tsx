import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { parts } from '../texts/parts'

type Answer = { data?: unknown; error?: unknown; response: Response }

/** Everything that the shown filter lets through, as a file. */
export function ExportButton({ name, label, fetchText }: { name: string; label?: string; fetchText: () => Promise<Answer> }) {
  const text = useText(parts)
  const saving = useMutation({
    mutationFn: () => ask(fetchText()),
    onSuccess: (content) => save(name, String(content)),
  })
  return (
    <>
      <Button loading={saving.isPending} onClick={() => saving.mutate()}>
        {label ?? text('export')}
      </Button>
      {saving.isError && <RefusalNotice error={saving.error} />}
    </>
  )
}

function save(name: string, content: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
