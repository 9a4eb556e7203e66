import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Form, Input } from 'antd'
import { api, session } from '../../session'
import { texts } from '../../texts'

type Login = { login: string; password: string }

/** The way in. */
export function LogInPage() {
  const text = useText(texts)
  const queries = useQueryClient()
  const enter = useMutation({
    mutationFn: (body: Login) => ask(api.POST('/staff/session', { body })),
    onSuccess: (opened) => {
      queries.clear()
      session.begin(opened.token)
    },
  })
  return (
    <Card style={{ maxWidth: 400, margin: '10vh auto' }}>
      <h1>{text('enter')}</h1>
      <Form<Login> layout="vertical" onFinish={(login) => enter.mutate(login)} requiredMark={false}>
        <Form.Item name="login" label={text('login')} rules={[{ required: true }]}>
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={text('password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {enter.isError && <RefusalNotice error={enter.error} />}
        <Button type="primary" htmlType="submit" block loading={enter.isPending}>
          {text('enter')}
        </Button>
      </Form>
    </Card>
  )
}
