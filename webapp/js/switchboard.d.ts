/** Switchboard's page client: live channels that recover by themselves. */

export type Transport = 'websocket' | 'stream' | 'sse' | 'longpoll';

export type State = 'connecting' | 'open' | 'closed';

export interface Options {
  /** The address of the deployment, e.g. `/switchboard`; by default the one that served the script. */
  url?: string | URL;
  /** The ways to try, in this order. */
  transports?: Transport[];
  /**
   * A token for each connect, and a new one before the end of the old. Null means that there is none: the client closes. So does a
   * `SwitchboardError` that is not temporary; any other error is tried again.
   */
  getToken?: () => Promise<string | null | undefined> | string | null | undefined;
  /**
   * One connection for all tabs. A string that differs between logins, such as the user's id: only tabs with the same string share.
   * `true` asks the exchange, and shares nothing where it does not say.
   */
  sharedBetweenTabs?: boolean | string;
  /** What the connection is called in the server's log. */
  name?: string;
  /** Connect when constructed; true. */
  autoConnect?: boolean;
}

export interface Abortable {
  /** Rejects with the signal's reason. What is on the wire already is obeyed all the same. */
  signal?: AbortSignal;
}

export interface Position {
  offset: number;
  epoch: string;
}

export interface Member {
  client: string;
  user: string;
  info?: unknown;
  channelInfo?: unknown;
}

export interface Meta {
  channel: string;
  /** Undefined in a channel without positions. */
  offset?: number;
  /** Null when the server published it. */
  from: Member | null;
  tags?: Record<string, string>;
  /** True for what was missed and came after. */
  recovered: boolean;
}

export interface ChannelOptions extends Abortable {
  /** Follow from here: an offset, or a position with its epoch. */
  since?: number | Position;
  /** Ask for join and leave. */
  presence?: boolean;
  /** A subscription token for this channel, fetched when there is none and before it ends. Null ends the subscription. */
  getToken?: (channel: string) => Promise<string | null | undefined> | string | null | undefined;
  /** How many publications a loop may leave waiting before it throws; 1024. */
  buffer?: number;
}

export type Gap =
  | { reason: 'unrecovered' | 'epoch'; before?: Position; now?: Position }
  | { reason: 'skipped'; count: number };

export interface ChannelEvents<T> {
  publication: (data: T, meta: Meta) => void;
  subscribed: (event: { wasRecovering: boolean; recovered: boolean; missed: number }) => void;
  join: (member: Member) => void;
  leave: (member: Member) => void;
  /** Something was missed that cannot be had any more: reload what you show. */
  gap: (gap: Gap) => void;
  error: (error: SwitchboardError) => void;
}

export interface Channel<T = unknown> extends AsyncIterable<{ data: T; meta: Meta }> {
  readonly channel: string;
  readonly position: Position | undefined;
  /** Resolves when the exchange has it. `key`: what it is the latest value of. */
  publish(data: T, options?: Abortable & { key?: string }): Promise<object>;
  history(options?: Abortable & { limit?: number; since?: number | Position; reverse?: boolean }):
    Promise<Position & { publications: { data: T; meta: Meta }[] }>;
  members(options?: Abortable): Promise<Member[]>;
  unsubscribe(): Promise<void>;
  /** The returned function ends it, and so does the signal. */
  on<E extends keyof ChannelEvents<T>>(event: E, listener: ChannelEvents<T>[E], options?: Abortable): () => void;
}

export interface StateEvent {
  state: State;
  /** Where `state` is open. */
  transport?: Transport;
  code?: number;
  reason?: string;
  /** Milliseconds until the next attempt. */
  retryIn?: number;
}

export interface Events {
  state: (event: StateEvent) => void;
  /** What the server sent to this connection, in no channel. */
  message: (data: unknown) => void;
}

export class Switchboard {
  constructor(options?: Options);
  /** The address of the deployment that served the script. */
  static base?: string;
  /** The connection of the elements of this page; set it before the first of them is shown, if defaults will not do. */
  static page?: Switchboard;
  static readonly Error: typeof SwitchboardError;
  readonly state: State;
  readonly client: string | undefined;
  readonly transport: Transport | undefined;
  connect(): void;
  disconnect(): void;
  /** Throws 105 where the channel is followed already. */
  subscribe<T = unknown>(channel: string, handler?: (data: T, meta: Meta) => void, options?: ChannelOptions): Channel<T>;
  /** The channel that is followed already, or now; `options` count only in the second case. */
  channel<T = unknown>(channel: string, options?: ChannelOptions): Channel<T>;
  call<R = unknown>(method: string, data?: unknown, options?: Abortable): Promise<R>;
  on<E extends keyof Events>(event: E, listener: Events[E], options?: Abortable): () => void;
}

export class SwitchboardError extends Error {
  constructor(code: number, message: string, temporary?: boolean);
  readonly code: number;
  /** The same may succeed later. */
  readonly temporary: boolean;
}
