import { useSharedValue } from 'isthmus/react';
import { createElement } from 'react';

export function Notes({ name }) {
  const texts = useSharedValue([`notes-${name}`]);
  return createElement('p', { 'data-app': name }, texts.join(', '));
}
