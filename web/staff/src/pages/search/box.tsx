import { useText } from '@fenqi/ui'
import { Input } from 'antd'
import { useNavigate } from 'react-router'
import { texts } from '../../texts'

/** The way from a number to what it stands for, on every page. */
export function SearchBox() {
  const text = useText(texts)
  const go = useNavigate()
  return (
    <search className="search-box">
      <Input.Search
        aria-label={text('searchFor')}
        placeholder={text('searchFor')}
        enterButton={text('search')}
        allowClear={false}
        minLength={4}
        maxLength={80}
        onSearch={(q) => q.trim().length >= 4 && void go(`/search?${new URLSearchParams({ q: q.trim() })}`)}
      />
    </search>
  )
}
