export * from './counter-app.js';
export * from './shell.js';
export * from './todo-app.js';
