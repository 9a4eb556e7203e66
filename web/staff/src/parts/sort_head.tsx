export type Sorting = { sort: string; by: (sort: string) => void }

type Props = { column: { title: string; figure?: boolean; sort?: string }; sorting?: Sorting | undefined }

const MARKS = { ascending: '↑', descending: '↓', none: '↕' }

/** The head of a column, and a button where the list can be sorted by it. */
export function Head({ column: { title, figure, sort }, sorting }: Props) {
  const looks = figure ? 'figure' : undefined
  if (!sort || !sorting) {
    return (
      <th scope="col" className={looks}>
        {title}
      </th>
    )
  }
  const name = sort.replace('-', '')
  const turned = { ascending: `-${name}`, descending: name, none: sort }
  const standing = sorting.sort === name ? 'ascending' : sorting.sort === `-${name}` ? 'descending' : 'none'
  return (
    <th scope="col" className={looks} aria-sort={standing}>
      <button type="button" className="sort-head" onClick={() => sorting.by(turned[standing])}>
        {title} <span aria-hidden="true">{MARKS[standing]}</span>
      </button>
    </th>
  )
}
