import { dictionary } from '@fenqi/ui'

export const texts = dictionary(
  { console: '分期工作台', login: '账号', password: '密码', enter: '登录', roles: '角色', noRoles: '没有角色' },
  { console: 'Fenqi console', login: 'Login', password: 'Password', enter: 'Log in', roles: 'Roles', noRoles: 'No roles' },
)
