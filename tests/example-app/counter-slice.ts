import { createAsyncThunk, createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** Stands for a slow server. */
const answer = (amount: number) =>
  new Promise<number>((resolve) => setTimeout(() => resolve(amount), 5));

export const incrementLater = createAsyncThunk('counter/incrementLater', answer);

export const counterSlice = createSlice({
  name: 'counter',
  initialState: { value: 0, status: 'idle' as 'idle' | 'waiting' },
  reducers: {
    incremented: (state) => void (state.value += 1),
    decremented: (state) => void (state.value -= 1),
    incrementedBy: (state, { payload }: PayloadAction<number>) => void (state.value += payload),
  },
  extraReducers: (builder) =>
    builder
      .addCase(incrementLater.pending, (state) => void (state.status = 'waiting'))
      .addCase(incrementLater.fulfilled, (state, { payload }) => {
        state.status = 'idle';
        state.value += payload;
      }),
  selectors: {
    selectCount: ({ value }) => value,
    selectStatus: ({ status }) => status,
  },
});

export const { incremented, decremented, incrementedBy } = counterSlice.actions;
export const { selectCount, selectStatus } = counterSlice.selectors;
