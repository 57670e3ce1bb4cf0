import { ActionCreators, type LiftedAction } from '@redux-devtools/instrument';
import { loadEngine, plain } from 'isthmus';
import type { UnknownAction } from 'redux';
import { describe, expect, it } from 'vitest';
import { cart, products, type Product, type State } from './devtools-slices.js';
import { drawing, type Draw } from './drawing.js';
import { expectSame, instrumented, openModel, type Instrumented } from './devtools-stores.js';

await loadEngine(undefined, { whole: true });

function randomAction(draw: Draw): UnknownAction {
  const id = `p${draw(8)}`;
  const first = draw(60);
  const choices = [
    () => cart.actions.add({ sku: id, qty: draw(5) }),
    () => cart.actions.note(`note ${draw(100)}`),
    () => cart.actions.clear(),
    () => products.actions.addOne({ id, price: draw(100) }),
    () => products.actions.addMany([1, 2, 3].map((i) => ({ id: `q${first + i}`, price: i }))),
    () => products.actions.updateOne({ id, changes: { price: draw(100), tags: [id] } }),
    () => products.actions.removeOne(id),
    () => ({ type: 'unknown' }),
  ];
  return choices[draw(choices.length)]!();
}

type Lifted = LiftedAction<State, UnknownAction, null>;

/** A change of history that the model's own history allows. */
function randomChange(draw: Draw, model: Instrumented): Lifted {
  const { stagedActionIds } = model.liftedStore.getState();
  const index = draw(stagedActionIds.length);
  const id = stagedActionIds[index]!;
  const other = stagedActionIds[draw(stagedActionIds.length)]!;
  const choices: (() => Lifted)[] = [
    () => ActionCreators.jumpToState(index),
    () => ActionCreators.jumpToAction(id),
    () => (id === 0 ? ActionCreators.sweep() : ActionCreators.toggleAction(id)),
    () => (id === 0 ? ActionCreators.sweep() : ActionCreators.toggleAction(id)),
    () => ActionCreators.reorderAction(id, other),
    () => ActionCreators.setActionsActive(Math.max(id, 1), id + 4, draw(2) === 0),
    () => ActionCreators.pauseRecording(draw(4) === 0),
    () => ActionCreators.lockChanges(draw(4) === 0),
    () => (draw(4) === 0 ? ActionCreators.commit() : ActionCreators.jumpToState(index)),
    () => (draw(4) === 0 ? ActionCreators.rollback() : ActionCreators.jumpToState(index)),
    () =>
      ActionCreators.importState(
        JSON.parse(JSON.stringify(model.liftedStore.getState())) as never,
        draw(2) === 0,
      ),
  ];
  return choices[draw(choices.length)]!();
}

describe.each(instrumented)('any history of $name', ({ open }) => {
  it.each([1, 2, 3, 4, 5, 6])('comes to what a naive replay gives (seed %i)', (seed) => {
    const draw = drawing(seed);
    // As the extension sets them; it is asked for fewer states here, so that old ones go.
    const options = seed % 2 === 0 ? { maxAge: 12, pauseActionType: '@@PAUSED' } : {};
    const stores = [open(options), openModel(options)] as const;
    for (let step = 0; step < 120; step++) {
      if (draw(3) > 0) {
        const action = randomAction(draw);
        stores.forEach((store) => store.dispatch(action));
      } else {
        const change = randomChange(draw, stores[1]);
        stores.forEach((store) => store.liftedStore.dispatch(change));
      }
      if (step % 10 === 9) expectSame(...stores);
    }
    expectSame(...stores);
  });

  it('holds hundreds of states of thousands of entities', () => {
    const stores = [open(), openModel()] as const;
    const dispatch = (action: UnknownAction) => stores.forEach((store) => store.dispatch(action));
    const lift = (action: Lifted) => stores.forEach((store) => store.liftedStore.dispatch(action));
    const many: Product[] = Array.from({ length: 4000 }, (_, i) => ({ id: `p${i}`, price: i }));
    dispatch(products.actions.addMany(many));
    for (let i = 0; i < 300; i++) {
      dispatch(products.actions.updateOne({ id: `p${i * 7}`, changes: { price: -i } }));
    }
    const [store, model] = stores;
    const expectCurrent = () => {
      const shown = store.getState().products;
      expect(plain(shown)).toEqual(model.getState().products);
      expect(Object.keys(shown.entities)).toHaveLength(shown.ids.length);
    };
    for (const index of [301, 1, 150, 2, 299]) {
      lift(ActionCreators.jumpToState(index));
      expectCurrent();
    }
    lift(ActionCreators.toggleAction(100));
    expectCurrent();
    expect(store.getState().products.entities['p686']!.price).toBe(686);
    lift(ActionCreators.reorderAction(250, 20));
    lift(ActionCreators.jumpToState(20));
    expectCurrent();
    lift(ActionCreators.commit());
    dispatch(products.actions.removeOne('p3999'));
    expectCurrent();
  });
});
