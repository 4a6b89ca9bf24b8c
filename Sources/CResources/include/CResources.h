int ladder_resources_placeholder(void);
