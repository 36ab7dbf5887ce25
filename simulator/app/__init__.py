"""The app: a page over one function, scenario text in, the comparison or the list of mistakes out.

`answering` is that function; `server` asks it on this machine, `static` takes it into the browser itself, and
`page` is the one page that both of them show.
"""
