import { Component, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { joinSharedStore } from 'isthmus';
import { injectSharedDispatch, injectSharedValue, provideIsthmus } from 'isthmus/angular';
import { counter } from '../counter/counter-slice';

@Component({
  selector: 'app-root',
  template: `
    <h1>Host: {{ count() }}</h1>
    <button (click)="add()">Remote: {{ count() }}</button>
  `,
})
class App {
  readonly #dispatch = injectSharedDispatch();
  readonly count = injectSharedValue(counter, (state) => state.count);

  add() {
    this.#dispatch(counter.actions.add(1));
  }
}

bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideIsthmus(() => joinSharedStore({ app: 'alone', slices: [counter] })),
  ],
});
