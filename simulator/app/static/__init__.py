"""The app without a server: a folder of files for any web host, in which the page runs the program itself."""
