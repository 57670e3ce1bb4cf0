import {
  Component,
  inject,
  DestroyRef,
  ElementRef,
  provideZonelessChangeDetection,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { joinSharedStore } from 'isthmus';
import { injectSharedValue, provideIsthmus } from 'isthmus/angular';

/** The React remote, until Angular takes the element off the page. */
@Component({ selector: 'app-counter', template: '' })
class Counter {
  constructor() {
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    const mounted = import('counter/mount').then(({ mount }) => mount(nativeElement));
    inject(DestroyRef).onDestroy(() => void mounted.then((unmount) => unmount()));
  }
}

@Component({
  selector: 'app-root',
  imports: [Counter],
  template: `
    <h1>Host: {{ count() }}</h1>
    <app-counter />
  `,
})
class App {
  readonly count = injectSharedValue(['counter', 'count']); // the remote brings it
}

bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideIsthmus(() => joinSharedStore({ app: 'host' })),
  ],
});
