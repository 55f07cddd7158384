/**
 * On the page for addresses that lead nowhere: a short link typed in capitals, or without the slash at its end,
 * goes where it should. Codes hold no letters that are taken for others, so nothing else is guessed.
 */
{
  const typed = /^(.*\/)s\/([a-z2-9]{6})\/?$/i.exec(location.pathname);
  if (typed && typed[2] !== typed[2].toLowerCase()) {
    location.replace(`${typed[1]}s/${typed[2].toLowerCase()}/${location.search}${location.hash}`);
  }
}
