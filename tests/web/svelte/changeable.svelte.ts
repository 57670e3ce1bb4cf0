/** Props that change later. */
export function changeable<Props extends object>(props: Props): Props {
  const state: Props = $state(props);
  return state;
}
