import { ask, Asked, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { parts } from '../texts/parts'
import { ListName, useAddress } from './address'
import { Columns, useChosen } from './column_choice'
import { ExportButton } from './export_button'
import { Lines, type Column } from './lines'
import { Pager } from './pager'

type Page = { sort: string; next: string | null }
/** What stands in an address, as the service may be asked it: it says itself what it does not know. */
type Query = Record<string, never>
type Answer<Data> = Promise<{ data?: Data; error?: unknown; response: Response }>

type KeyList<Data extends Page, Row> = {
  /** As what the choice of columns is kept, and the file called. */
  name: string
  /** Under which name the list stands in the address, where a page has more than one. */
  list?: string
  label: string
  queryKey: string[]
  fetchPage: (query: Query) => Answer<Data>
  /** Without it nobody here takes the list away. */
  fetchFile?: (query: Query) => Answer<unknown>
  rows: (data: Data) => Row[]
  columns: Column<Row>[]
  rowKey: (row: Row) => string
  empty: string
  tools?: ReactNode
}

/** A list that the service pages by key: sort, filters and place are in the address, columns can be chosen, a file saved. */
export function KeyList<Data extends Page, Row extends object>(props: KeyList<Data, Row>) {
  return (
    <ListName value={props.list ?? ''}>
      <Listed {...props} />
    </ListName>
  )
}

function Listed<Data extends Page, Row extends object>(props: KeyList<Data, Row>) {
  const { name, label, queryKey, fetchPage, fetchFile, rows, columns, rowKey, empty, tools } = props
  const text = useText(parts)
  const { query: asked, filters, sort, after, filter, clear } = useAddress()
  const [chosen, choose] = useChosen(name, columns)
  const place = useTop(after)
  const query = useQuery({
    queryKey: [...queryKey, asked],
    queryFn: () => ask(fetchPage(asked as Query)),
    placeholderData: keepPreviousData,
  })
  const isNarrowed = Object.keys(filters).length > 0
  const saved = { ...filters, ...(sort && { sort }) }
  return (
    <>
      <div className="list-tools">
        {tools}
        {(isNarrowed || sort) && (
          <Button type="link" onClick={clear}>
            {text('clear')}
          </Button>
        )}
        <span className="list-ends">
          {fetchFile && <ExportButton name={`${name}.csv`} fetchText={() => fetchFile(saved as Query)} />}
          <Columns columns={columns} chosen={chosen} choose={choose} />
        </span>
      </div>
      <Asked query={query}>
        {(data) => (
          <div className="listed" aria-busy={query.isPlaceholderData}>
            <Lines
              label={label}
              columns={columns.filter((column) => chosen.includes(column.key))}
              rows={rows(data)}
              rowKey={rowKey}
              empty={isNarrowed || after ? text('noMatch') : empty}
              sorting={{ sort: sort || data.sort, by: (by) => filter({ sort: by }) }}
              place={place}
            />
            <Pager next={data.next} count={rows(data).length} />
          </div>
        )}
      </Asked>
    </>
  )
}

/** Whoever turns the page reads on at its top. */
function useTop(after: string) {
  const place = useRef<HTMLDivElement>(null)
  const turned = useRef(after)
  useEffect(() => {
    if (turned.current !== after) place.current?.focus()
    turned.current = after
  }, [after])
  return place
}
