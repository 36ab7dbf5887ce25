"""report/tables"""
