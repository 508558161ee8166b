/** The door for networks that hold back every answer until it has ended: one request after the other waits for news. */
package io.switchboard.longpoll;
