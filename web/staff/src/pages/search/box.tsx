import { useText } from '@fenqi/ui'
import { Input } from 'antd'
import { useNavigate } from 'react-router'
import { texts } from '../../texts'
import { addressOf } from './asked'

const LENGTH_MIN = 4

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
        minLength={LENGTH_MIN}
        maxLength={80}
        onSearch={(said) => {
          const { to, state } = addressOf(said)
          if (state.q.length >= LENGTH_MIN) void go(to, { state })
        }}
      />
    </search>
  )
}
