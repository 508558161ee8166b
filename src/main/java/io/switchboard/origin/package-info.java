/** Where callers come from: the sites of pages, and addresses behind proxies. Knows only the JDK. */
package io.switchboard.origin;
