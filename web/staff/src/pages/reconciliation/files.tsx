import { ask, Day, Instant, Money, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { DaysFilter, FlagFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import { Labelled } from '../../parts/labelled'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { reconciliation as texts } from '../../texts/reconciliation'

/** The files of the payment channel that were read, and reading the next. */
export function Files() {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <Section title={text('files')}>
      {has('finance') && <Read />}
      <KeyList
        name="settlement-files"
        list="files"
        label={text('files')}
        queryKey={['settlement-files']}
        fetchPage={(query) => api.GET('/staff/settlement-files', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/settlement-files', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.files}
        columns={useColumns()}
        rowKey={(line) => line.file_sha256}
        empty={text('noFiles')}
        tools={<Filters />}
      />
    </Section>
  )
}

function Filters() {
  const text = useText(texts)
  return (
    <>
      <FlagFilter name="has_breaks" label={text('withBreaks')} />
      <DaysFilter what={text('day')} />
    </>
  )
}

function Read() {
  const text = useText(texts)
  const queries = useQueryClient()
  const [day, setDay] = useState('')
  const read = useMutation({
    mutationFn: () => ask(api.POST('/staff/channel/settlements', { body: { day } })),
    onSettled: () => {
      for (const key of ['settlement-files', 'money-cases']) void queries.invalidateQueries({ queryKey: [key] })
    },
  })
  const found = read.data as { line_count: number; differences: unknown[] } | undefined
  return (
    <>
      <div className="page-tools">
        <Labelled label={text('readDay')}>
          {(id) => <Input id={id} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Labelled>
        <Button type="primary" disabled={!day} loading={read.isPending} onClick={() => read.mutate()}>
          {text('read')}
        </Button>
        <span role="status">
          {found && text('done', { lines: found.line_count, breaks: found.differences.length })}
        </span>
      </div>
      {read.isError && <RefusalNotice error={read.error} />}
    </>
  )
}

function useColumns(): Column<Shape['SettlementFileLine']>[] {
  const text = useText(texts)
  return [
    { key: 'day', title: text('day'), sort: '-settled_on', show: (line) => <Day on={line.settled_on} /> },
    { key: 'lines', title: text('lines'), figure: true, sort: '-line_count', show: (line) => line.line_count },
    { key: 'matched', title: text('matched'), figure: true, show: (line) => line.matched_count },
    { key: 'concluded', title: text('concluded'), figure: true, show: (line) => line.concluded_count },
    { key: 'breaks', title: text('breaks'), figure: true, sort: '-break_count', show: (line) => line.break_count },
    { key: 'cleared', title: text('cleared'), figure: true, sort: '-cleared_minor', show: (line) => <Money minor={line.cleared_minor} /> },
    { key: 'read', title: text('readAt'), sort: '-read_at', show: (line) => <Instant at={line.read_at} /> },
    { key: 'file', title: text('file'), show: (line) => <code>{line.file_sha256.slice(0, 12)}</code> },
  ]
}
