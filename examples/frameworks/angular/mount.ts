import { Component, provideZonelessChangeDetection } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { injectSharedDispatch, injectSharedValue } from 'isthmus/angular';
import { counter } from '../shared/counter';

@Component({
  selector: 'app-counter',
  template: `<button (click)="add()">Angular: {{ count() }}</button>`,
})
class Counter {
  readonly #dispatch = injectSharedDispatch();
  readonly count = injectSharedValue(counter, (state) => state.count);

  add() {
    this.#dispatch(counter.actions.add(1));
  }
}

export async function mount(element: HTMLElement) {
  const app = await createApplication({ providers: [provideZonelessChangeDetection()] });
  app.bootstrap(Counter, element);
  return () => app.destroy();
}
